internal import ChannelKit
internal import ChannelRunner
internal import Foundation

/// A channel of this build, run as a plugin in a process of its own.
struct ServedChannel {
    private let type: any ChannelPlugin.Type
    private let ordersOnly: Bool

    /// - Throws: ``UsageError`` where there is no such channel.
    init(_ id: String, ordersOnly: Bool) throws(UsageError) {
        guard let type = channelTypes.first(where: { $0.descriptor.id == id }) else {
            throw UsageError(message: "there is no channel \(id)")
        }
        self.type = type
        self.ordersOnly = ordersOnly
    }

    /// Talks to the host, or prints the manifest of a plugin with this id.
    func run(manifestOf id: String?) throws {
        guard let id else { return (ordersOnly ? ChannelRunner(ordersOf: type) : ChannelRunner(type)).run() }
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let command = [program, "serve-channel", type.descriptor.id] + (ordersOnly ? ["--orders-only"] : [])
        print(ChannelRunner.manifest(of: type, as: id, command: command).text)
    }
}
