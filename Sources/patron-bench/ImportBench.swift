import ControlClient
import Foundation
import StrictJSON

/// Measures a big import beside the sqlite3 program's, while another client's orders go on.
struct ImportBench {
    private let options: ImportOptions
    private let scratch: Scratch

    init(_ options: ImportOptions, in scratch: Scratch) {
        self.options = options
        self.scratch = scratch
    }

    func run() throws {
        let table = "\(scratch.path)/list.csv"
        try ImportTable.write(rows: options.rows, to: table)
        let raw = try scratch.withFolder("sqlite") { folder in
            try SQLiteShell.importTable(at: table, into: "\(folder)/list.sqlite")
        }
        say("sqlite3 .import: \(rate(raw)) rows/s (one table, unique e-mail index)")
        let served = try scratch.withFolder("patrond") { try measureDaemon(table, in: $0) }
        say("ratio \(String(format: "%.2f", seconds(raw) / seconds(served)))")
    }

    private func measureDaemon(_ table: String, in folder: String) throws -> Duration {
        let template = try ShopTemplate(in: scratch)
        let daemon = try DaemonProcess(in: folder, scratch: scratch)
        defer { daemon.stop() }
        try template.make(["shop"], in: daemon.tenants)
        let connection = try ControlConnection(path: daemon.socket)
        let beforeUpload = ContinuousClock.now
        let upload = try connection.uploadingFiles(in: ["upload=@\(table)"], tenant: "shop")
        say("upload: \(String(format: "%.1f", seconds(ContinuousClock.now - beforeUpload))) s")
        let memory = MemoryPeak(of: daemon.pid)
        let orders = OrderTrickle(socket: daemon.socket, tenant: "shop")
        let start = ContinuousClock.now
        let reply = try connection.ask("@shop customer.import \(upload.joined(separator: " "))")
        let duration = ContinuousClock.now - start
        let latencies = try orders.stop()
        guard let answer = reply.ok, answer["created"] == .number(String(options.rows)) else {
            throw BenchError.unexpectedAnswer(reply.ok?.text ?? reply.error?.slug ?? "nothing")
        }
        say("patrond customer.import: \(rate(duration)) rows/s")
        let times = latencies.percentiles([50, 99, 100]).map { String(format: "%.1f", $0) }
        say("\(latencies.count) orders meanwhile: p50 \(times[0]) ms, p99 \(times[1]) ms, longest \(times[2]) ms")
        say("resident \(memory.stop()) MB at most")
        return duration
    }

    private func rate(_ duration: Duration) -> Int { Int(Double(options.rows) / seconds(duration)) }

    private func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
