import Foundation
import Registry

/// Measures lists and searches in a shop with many customers, beside SQLite's own answers.
struct SearchBench {
    /// How often each question is asked.
    private static let rounds = 300
    private let options: SearchOptions
    private let scratch: Scratch

    init(_ options: SearchOptions, in scratch: Scratch) {
        self.options = options
        self.scratch = scratch
    }

    func run() throws {
        let shop = try CrowdedShop(
            at: "\(scratch.path)/shop.sqlite", customers: options.customers, orders: options.orders)
        let raw = try RawSearch(shop: shop.path, beside: "\(scratch.path)/raw.sqlite")
        let daemon = try DaemonProcess(in: scratch.path, scratch: scratch)
        defer { daemon.stop() }
        try daemon.createTenants(["crowd"])
        let registry = "\(daemon.tenants)/crowd/registry.sqlite"
        try FileManager.default.removeItem(atPath: registry)
        try FileManager.default.copyItem(atPath: shop.path, toPath: registry)
        let client = try ListClient(path: daemon.socket)
        _ = try client.ask("use crowd")
        say("\(Self.cell("pages of 100 rows", 20))\(Self.cells(["rows", "p50", "p99", "sqlite", "p50", "p99 ms"]))")
        for question in SearchQuestion.all(regular: shop.regular) {
            let served = try measure(question) { word in
                try client.ask(question.request.replacingOccurrences(of: "#", with: word))
            }
            let own = try measure(question) { word in
                let folded = question.pattern.hasSuffix("*") ? Folding.folded(word) : word
                return try raw.rows(question.sql, question.pattern.replacingOccurrences(of: "#", with: folded))
            }
            say(
                "\(Self.cell(question.name, 20))"
                    + Self.cells(["\(served.rows)"] + served.times + ["\(own.rows)"] + own.times))
        }
    }

    /// - Returns: Rows of an average answer, and its p50 and p99 in milliseconds.
    private func measure(
        _ question: SearchQuestion, _ ask: (String) throws -> Int
    ) throws -> (rows: Int, times: [String]) {
        for word in question.words { _ = try ask(word) }
        var latencies = Latencies()
        var rows = 0
        for round in 0..<Self.rounds {
            let start = ContinuousClock.now
            rows += try ask(question.words[round % question.words.count])
            latencies.append(ContinuousClock.now - start)
        }
        return (rows / Self.rounds, latencies.percentiles([50, 99]).map { String(format: "%.2f", $0) })
    }

    private static func cell(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func cells(_ texts: [String]) -> String {
        texts.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }.joined()
    }
}
