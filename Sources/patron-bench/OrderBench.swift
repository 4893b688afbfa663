import Foundation

/// Measures orders on both sides, in turns, on one disk.
struct OrderBench {
    private let options: OrderOptions
    private let scratch: Scratch
    private let template: ShopTemplate
    private let names: [String]

    init(_ options: OrderOptions, in scratch: Scratch) throws {
        Descriptors.raiseLimit()
        self.options = options
        self.scratch = scratch
        template = try ShopTemplate(in: scratch)
        names = (1...options.tenants).map { "t\($0)" }
    }

    func run() throws {
        var raw: [Double] = []
        var served: [Double] = []
        var latencies = Latencies()
        for round in 1...options.rounds {
            let (rate, rawStolen) = try withStolen(measureRaw)
            let (answered, servedStolen) = try withStolen(measureDaemon)
            raw.append(rate)
            served.append(Double(answered.count) / Double(options.seconds))
            latencies.append(contentsOf: answered)
            let ratio = served[round - 1] / raw[round - 1]
            say(
                "round \(round): sqlite \(Int(raw[round - 1])) orders/s, patrond \(Int(served[round - 1])) orders/s,"
                    + " ratio \(Self.decimals(ratio)); stolen \(rawStolen) % and \(servedStolen) %")
        }
        say("median: sqlite \(Int(Self.median(raw))) orders/s, patrond \(Int(Self.median(served))) orders/s")
        let times = latencies.percentiles([50, 99]).map(Self.decimals)
        say("patrond's answers: p50 \(times[0]) ms, p99 \(times[1]) ms")
        say("ratio \(Self.decimals(Self.median(zip(served, raw).map { $0 / $1 })))")
    }

    /// Measures, and tells what percentage of the processors' time the host gave to others meanwhile.
    private func withStolen<Result>(_ measure: () throws -> Result) rethrows -> (Result, stolen: Int) {
        let start = StolenTime.now
        let result = try measure()
        return (result, StolenTime.now.percent(since: start))
    }

    private func measureRaw() throws -> Double {
        try scratch.withFolder("sqlite") { folder in
            let paths = names.map { "\(folder)/\($0).sqlite" }
            for path in paths { try template.copy(to: path) }
            sync()
            let batch = max(1, options.clients / options.tenants)
            return try RawRun(paths: paths, batch: batch, seconds: options.seconds).run()
        }
    }

    private func measureDaemon() throws -> Latencies {
        try scratch.withFolder("patrond") { folder in
            let daemon = try DaemonProcess(in: folder, scratch: scratch)
            defer { daemon.stop() }
            try template.make(names, in: daemon.tenants)
            sync()
            let client = try OrderClient(socket: daemon.socket, tenants: names, clients: options.clients)
            try client.openAll()
            return try client.run(seconds: options.seconds)
        }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}
