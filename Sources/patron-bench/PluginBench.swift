import ControlClient
import Foundation
import StrictJSON

/// Measures what it costs that a channel runs in a process of its own, and what a bad one does to the others.
struct PluginBench {
    private static let child = "online-child"
    private static let hanging = "hanging"

    private let options: PluginOptions
    private let scratch: Scratch
    private let template: ShopTemplate

    init(_ options: PluginOptions, in scratch: Scratch) throws {
        Descriptors.raiseLimit()
        self.options = options
        self.scratch = scratch
        template = try ShopTemplate(in: scratch)
    }

    func run() throws {
        var (ratios, beside): ([Double], [Double]) = ([], [])
        for round in 1...options.rounds {
            let rates = try measure()
            ratios.append(rates.child / rates.compiled)
            beside.append(rates.besideHanging / rates.besideNone)
            say(
                "round \(round): compiled in \(Int(rates.compiled)) orders/s, child \(Int(rates.child)) orders/s, ratio"
                    + " \(Self.decimals(ratios[round - 1])); compiled in again \(Int(rates.besideNone)) orders/s, beside"
                    + " a hanging plugin \(Int(rates.besideHanging)) orders/s, ratio \(Self.decimals(beside[round - 1]));"
                    + " the idle child used \(rates.idleTicks) ticks in 5 s"
            )
        }
        say("beside a hanging plugin, ratio \(Self.decimals(Self.median(beside))), the median of \(options.rounds)")
        say("ratio \(Self.decimals(Self.median(ratios)))")
    }

    private struct Rates {
        var compiled = 0.0
        var child = 0.0
        var besideNone = 0.0
        var besideHanging = 0.0
        var idleTicks = 0
    }

    private func measure() throws -> Rates {
        try scratch.withFolder("plugins") { folder in
            let plugins = "\(folder)/plugins"
            try PluginFolders(plugins).make(child: Self.child, hanging: Self.hanging)
            let daemon = try DaemonProcess(in: folder, scratch: scratch, options: ["--plugins", plugins])
            defer { daemon.stop() }
            let names = ["t1", "t2", "t3", "t4", "t5"]
            try template.make(names, in: daemon.tenants)
            let connection = try ControlConnection(path: daemon.socket)
            try ask(connection, "@t2 channel.enable \(Self.child)")
            try ask(connection, "@t4 channel.enable \(Self.hanging)")
            let pid = try ask(connection, "plugin.test \(Self.child)")["pid"]?.integerValue ?? 0
            let ticks = try Self.ticks(of: pid)
            usleep(5_000_000)
            var rates = Rates()
            rates.idleTicks = try Self.ticks(of: pid) - ticks
            rates.compiled = try rate(daemon, "t1", OrderText.channel)
            rates.child = try rate(daemon, "t2", Self.child)
            rates.besideNone = try rate(daemon, "t5", OrderText.channel)
            let hanging = try (0..<16).map { number in
                let client = try ControlConnection(path: daemon.socket)
                try client.send("@t4 order.register channel=\(Self.hanging) ext=\(number) total=1.00")
                return client
            }
            rates.besideHanging = try withExtendedLifetime(hanging) { try rate(daemon, "t3", OrderText.channel) }
            return rates
        }
    }

    private func rate(_ daemon: DaemonProcess, _ tenant: String, _ channel: String) throws -> Double {
        let client = try OrderClient(
            socket: daemon.socket, tenants: [tenant], clients: options.clients, channel: channel)
        try client.openAll()
        return Double(try client.run(seconds: options.seconds).count) / Double(options.seconds)
    }

    @discardableResult
    private func ask(_ connection: ControlConnection, _ line: String) throws -> JSON {
        let reply = try connection.ask(line)
        guard let answer = reply.ok else {
            throw BenchError.unexpectedAnswer("\(line): \(reply.error.map { "\($0.code) \($0.slug)" } ?? "")")
        }
        return answer
    }

    /// The processor time of a process so far, in ticks of a hundredth of a second.
    private static func ticks(of pid: Int64) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        // The name in parentheses may hold anything; the fields behind it are numbers.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        return (fields.count > 13 ? Int(fields[12]).map { $0 + (Int(fields[13]) ?? 0) } : nil) ?? 0
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted[sorted.count / 2]
    }

    private static func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}
