internal import ChannelKit
internal import Conformance
internal import Foundation
internal import Hosting
internal import StrictJSON

/// Tries with a channel what every channel must pass, in a host of its own that is gone afterwards.
struct PluginTest {
    /// What is tried.
    enum Target {
        /// A channel of this build.
        case channel(String)
        /// A plugin that runs in a process of its own, by its folder.
        case plugin(folder: String)
    }

    private let target: Target
    private let mutationLimit: Int
    private let options: ServeOptions

    /// - Parameters:
    ///   - target: What is tried.
    ///   - mutationLimit: How many ways in which details can be wrong are tried, out of all there are.
    /// - Throws: ``UsageError`` where no scratch folder can be made.
    init(_ target: Target, mutationLimit: Int) throws {
        self.target = target
        self.mutationLimit = mutationLimit
        var options = try Demo.scratch()
        options.socket = "\(options.tenants)/.socket"
        // The kit ends processes on purpose; nobody has to be spared.
        options.pluginPauses = PluginPauses(first: .milliseconds(50))
        if case .plugin(let folder) = target {
            options.plugins = URL(fileURLWithPath: folder).standardizedFileURL.deletingLastPathComponent().path
        }
        self.options = options
    }

    /// Prints a line for each case.
    ///
    /// - Returns: Whether all hold.
    func run() throws -> Bool {
        var conforms = false
        try Background(options).serve { daemon in
            let kit = try Kit(
                try subject(in: daemon), socket: options.socket, tenants: options.tenants,
                mutationLimit: mutationLimit)
            conforms = try kit.run { verdict in
                print(verdict.line)
                fflush(nil)
            }
            return true
        }
        return conforms
    }

    private func subject(in daemon: Daemon) throws -> Subject {
        switch target {
        case .channel(let id):
            guard let channel = compiledChannels.first(where: { $0.descriptor.id == id }) else {
                let known = compiledChannels.map(\.descriptor.id).joined(separator: ", ")
                throw UsageError(message: "there is no channel \(id) in this build: \(known)")
            }
            return try Subject(channel, samples: try JSON(parsing: channel.samples), isChild: false)
        case .plugin(let folder):
            let id = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
            guard let source = daemon.sources.first(where: { $0.descriptor.id == id }) else {
                throw KitError.refused(try daemon.fault(of: id))
            }
            let subject = try Subject(source, samples: try samples(in: folder), isChild: true)
            try daemon.start(plugin: id)
            return subject
        }
    }

    /// Those in the manifest, or else in a file beside it.
    private func samples(in folder: String) throws -> JSON {
        let manifest = try JSON(parsing: bytes(of: "\(folder)/plugin.json"))
        return try manifest["samples"] ?? JSON(parsing: bytes(of: "\(folder)/samples.json"))
    }

    private func bytes(of file: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw KitError.badSamples("there is no \(file)")
        }
        return Array(data)
    }
}
