internal import ChannelKit
internal import Conformance
internal import StrictJSON

/// Tries with a channel what every channel must pass, in a host of its own that is gone afterwards.
struct PluginTest {
    /// What is tried.
    enum Target {
        /// A channel of this build.
        case channel(String)
    }

    private let subject: Subject
    private let options: ServeOptions

    init(_ target: Target) throws {
        var options = try Demo.scratch()
        options.socket = "\(options.tenants)/.socket"
        switch target {
        case .channel(let id):
            guard let channel = compiledChannels.first(where: { $0.descriptor.id == id }) else {
                let known = compiledChannels.map(\.descriptor.id).joined(separator: ", ")
                throw UsageError(message: "there is no channel \(id) in this build: \(known)")
            }
            guard !channel.samples.isEmpty else {
                throw UsageError(message: "the channel \(id) has no samples, see the README")
            }
            subject = try Subject(channel, samples: try JSON(parsing: channel.samples), isChild: false)
        }
        self.options = options
    }

    /// Prints a line for each case.
    ///
    /// - Returns: Whether all hold.
    func run() throws -> Bool {
        var conforms = false
        try Background(options).serve {
            let kit = try Kit(subject, socket: options.socket, tenants: options.tenants)
            conforms = try kit.run { print($0.line) }
            return true
        }
        return conforms
    }
}
