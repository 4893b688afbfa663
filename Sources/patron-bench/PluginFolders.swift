import Foundation
import StrictJSON

/// The plugins that are measured: the online shop as a program of its own, and one that never answers.
struct PluginFolders {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    func make(child: String, hanging: String) throws {
        try write(try Self.manifest(of: OrderText.channel, as: child), of: child)
        let script =
            #"read line; id=${line#*\"id\":}; id=${id%%,*}; "#
            + #"printf '{"jsonrpc":"2.0","id":%s,"result":{"plugin":"\#(hanging)","api":1}}\n' "$id"; exec sleep 100000"#
        let manifest = JSONWriter.object { writer in
            writer.member("id", hanging)
            writer.member("version", "1.0.0")
            writer.member("title", "Never answers")
            writer.member("api", JSON.array([.number("1"), .number("1")]))
            writer.member("command", ["sh", "-c", script])
            writer.member("capabilities", ["anonymous-orders"])
            let state: [JSON.Member] = [
                JSON.Member(name: "name", value: .string("open")), JSON.Member(name: "state", value: .string("open")),
            ]
            writer.member("states", JSON.array([.object(state)]))
            let hook = JSON.object([JSON.Member(name: "deadline_ms", value: .number("60000"))])
            writer.member("hooks", JSON.object([JSON.Member(name: "translate", value: hook)]))
        }
        try write(manifest.text, of: hanging)
    }

    private func write(_ manifest: String, of plugin: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(plugin)", withIntermediateDirectories: true)
        try manifest.write(toFile: "\(path)/\(plugin)/plugin.json", atomically: true, encoding: .utf8)
    }

    /// What the daemon's program says of a channel of its own.
    private static func manifest(of channel: String, as id: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: try DaemonProcess.program())
        process.arguments = ["serve-channel", channel, "--orders-only", "--manifest", id]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text
    }
}
