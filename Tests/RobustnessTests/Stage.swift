import ControlClient
import Foundation
import StrictJSON
import TestSupport

/// A daemon with one plugin, `stall`, and one tenant, `acme`, where it is switched on.
struct Stage {
    let daemon: RunningDaemon
    let connection: ControlConnection
    let folder: String

    /// The first pause of a plugin that failed, in milliseconds: long enough to be seen.
    private static let pause = 50

    init(in directory: String, _ changes: [String: String] = [:]) throws {
        let directory = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
        let hooks = #"{"translate":{"deadline_ms":1500},"perform":{"deadline_ms":1500}}"#
        let plugin = try TestPlugin(in: "\(directory)/plugins", changes: ["hooks": hooks].merging(changes) { $1 })
        folder = plugin.folder
        daemon = try RunningDaemon(in: directory, plugins: plugin.plugins, pluginPause: Self.pause)
        try daemon.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
        connection = try daemon.connect(to: "acme")
        try connection.ok("channel.enable stall")
    }

    /// The same folder with a new daemon.
    init(again stage: Stage) throws {
        folder = stage.folder
        daemon = try RunningDaemon(
            in: stage.daemon.directory, plugins: "\(stage.daemon.directory)/plugins", pluginPause: Self.pause)
        connection = try daemon.connect(to: "acme")
    }

    /// An order of the plugin.
    func sale(_ mode: String? = nil, _ ext: String? = nil) -> String {
        let mode = mode.map { ",\"mode\":\"\($0)\"" } ?? ""
        let ext = ext.map { "ext=\($0) " } ?? ""
        return "order.register channel=stall total=5.00 \(ext)details={\"place\":\"a\"\(mode)}"
    }

    /// An order of the plugin that it takes without more ado.
    static func sale(_ ext: String) -> String {
        "order.register channel=stall total=5.00 ext=\(ext) details={\"place\":\"a\"}"
    }

    /// Where the plugin stands.
    func state() throws -> JSON { try connection.ok("plugin.show stall") }

    /// Asks until the plugin is in a state, 20 s at most, and sends it a line each time.
    func wait(for word: String, asking line: String? = nil) throws {
        for _ in 0..<4_000 {
            if try state().text("state") == word { return }
            if let line { _ = try connection.ask(line) }
            usleep(5_000)
        }
        throw UnexpectedAnswer(line: "plugin.show stall", answer: try state().text)
    }

    /// Whether the plugin ends as soon as it is started.
    func setBroken(_ isBroken: Bool) throws {
        let file = "\(folder)/broken"
        if isBroken {
            try "".write(toFile: file, atomically: true, encoding: .utf8)
        } else {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// The processes that work in the plugin's folder.
    var processes: [Int32] {
        // A process may end while one looks.
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int32($0) }.filter { pid in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd")) == folder
        }
    }

    /// Waits until so many processes work in the plugin's folder, 20 s at most.
    func waitForProcesses(_ count: Int) throws {
        for _ in 0..<4_000 {
            if processes.count == count { return }
            usleep(5_000)
        }
        throw UnexpectedAnswer(line: "processes", answer: "\(processes)")
    }

    /// Waits until the plugin has failed so many times, 20 s at most.
    func waitForRestarts(_ count: Int) throws {
        for _ in 0..<4_000 {
            if try state().number("restarts") == Int64(count) { return }
            usleep(5_000)
        }
        throw UnexpectedAnswer(line: "plugin.show stall", answer: try state().text)
    }

    /// How many descriptors the daemon has open.
    var descriptors: Int {
        // The daemon is there as long as the test wants.
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.process.pid)/fd").count) ?? 0
    }

    /// Waits until the plugin has been told just these topics, 20 s at most.
    func waitForDeliveries(_ topics: [String]) throws {
        var told: [String] = []
        for _ in 0..<4_000 {
            // Nothing has been told yet where the file is not there.
            let text = (try? String(contentsOfFile: "\(folder)/delivered", encoding: .utf8)) ?? ""
            // What was under way when the daemon died is told again.
            var lines: [Substring] = []
            for line in text.split(separator: "\n") where !lines.contains(line) { lines.append(line) }
            told = lines.compactMap { $0.split(separator: " ").last.map(String.init) }
            if told.count >= topics.count { break }
            usleep(5_000)
        }
        guard told == topics else { throw UnexpectedAnswer(line: "deliveries", answer: "\(told)") }
    }
}
