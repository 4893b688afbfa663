import Foundation

/// Measures the same orders through PostgreSQL and through patrond, in turns, on one disk.
struct PostgresBench {
    private let options: PostgresOptions
    private let scratch: Scratch

    /// Customers that each tenant knows before its first order.
    private static let customers = 100

    init(_ options: PostgresOptions, in scratch: Scratch) {
        Descriptors.raiseLimit()
        self.options = options
        self.scratch = scratch
    }

    func run() throws {
        let template = try ShopTemplate(in: scratch, customers: Self.customers)
        var (rates, served): ([Double], [Double]) = ([], [])
        for round in 1...options.rounds {
            rates.append(try measurePostgres())
            served.append(try measureDaemon(template))
            say(
                "round \(round): postgres \(Int(rates[round - 1])) orders/s, patrond \(Int(served[round - 1])) orders/s,"
                    + " ratio \(String(format: "%.2f", served[round - 1] / rates[round - 1]))")
        }
        let ratios = zip(served, rates).map { $0 / $1 }.sorted()
        say("ratio \(String(format: "%.2f", ratios[ratios.count / 2]))")
    }

    private func measurePostgres() throws -> Double {
        try scratch.withFolder("postgres") { folder in
            let server = try PostgresServer(in: folder, scratch: scratch)
            defer { server.stop() }
            try server.ask(PostgresSchema.text)
            try server.ask(PostgresSchema.fill(tenants: options.tenants, customers: Self.customers))
            try server.ask("VACUUM ANALYZE")
            try server.ask("CHECKPOINT")
            let script = PostgresSchema.order(tenants: options.tenants, customers: Self.customers)
            // As many as the other side has had when the clock begins: memory and plans are warm.
            _ = try server.rate(of: script, clients: options.clients, seconds: 1)
            return try server.rate(of: script, clients: options.clients, seconds: options.seconds)
        }
    }

    private func measureDaemon(_ template: ShopTemplate) throws -> Double {
        try scratch.withFolder("patrond") { folder in
            let names = (1...options.tenants).map { "t\($0)" }
            let daemon = try DaemonProcess(in: folder, scratch: scratch)
            defer { daemon.stop() }
            try template.make(names, in: daemon.tenants)
            sync()
            let client = try OrderClient(
                socket: daemon.socket, tenants: names, clients: options.clients, customers: Self.customers)
            try client.openAll()
            return Double(try client.run(seconds: options.seconds).count) / Double(options.seconds)
        }
    }
}
