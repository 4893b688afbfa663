import ControlClient
import Foundation
import StrictJSON

/// Measures what many tenants cost of which few are busy.
struct TenantBench {
    private let options: TenantOptions
    private let scratch: Scratch
    private let template: ShopTemplate
    private let names: [String]

    /// Customers that each tenant knows before its first order.
    private static let customers = 100
    /// As many tenants as the others are compared with.
    private static let few = 1_000
    /// Tenants of which each gets its first order, on either side.
    private static let cold = 200

    init(_ options: TenantOptions, in scratch: Scratch) throws {
        Descriptors.raiseLimit()
        self.options = options
        self.scratch = scratch
        template = try ShopTemplate(in: scratch, customers: Self.customers)
        names = (1...options.count).map { "t\($0)" }
    }

    func run() throws {
        let alone = try scratch.withFolder("alone") { folder in
            let (daemon, time) = try start(in: folder)
            daemon.stop()
            return time
        }
        try scratch.withFolder("patrond") { folder in
            let tenants = "\(folder)/tenants"
            try FileManager.default.createDirectory(atPath: tenants, withIntermediateDirectories: true)
            let making = try ContinuousClock().measure {
                try template.make(names, in: tenants)
                try template.make(coldNames("own") + coldNames("raw"), in: tenants)
                sync()
            }
            say("\(names.count) tenants of \(template.size >> 10) KiB, made in \(Self.seconds(making)) s")
            let (daemon, time) = try start(in: folder)
            say("start-up: \(Self.seconds(time)) s, without tenants \(Self.seconds(alone)) s")
            let looking = try ContinuousClock().measure { try waitForMigrations(daemon) }
            say("all files looked through in the background: \(Self.seconds(looking)) s")
            let ratio = try measure(daemon)
            daemon.crash()
            let (restarted, recovery) = try start(in: folder)
            say("start-up after kill -9: \(Self.seconds(recovery)) s")
            restarted.stop()
            say("ratio \(Self.decimals(ratio))")
        }
    }

    private func start(in folder: String) throws -> (DaemonProcess, Duration) {
        let start = ContinuousClock.now
        let daemon = try DaemonProcess(
            in: folder, scratch: scratch, options: options.open.map { ["--open-tenants", "\($0)"] } ?? [])
        return (daemon, ContinuousClock.now - start)
    }

    /// A folder that no daemon has served yet is gone through once, which is not what is measured.
    private func waitForMigrations(_ daemon: DaemonProcess) throws {
        let connection = try ControlConnection(path: daemon.socket)
        while try connection.ask("stats").ok?["migrations_over"]?.boolValue != true { usleep(5_000) }
    }

    /// - Returns: The share of the rate with few tenants that is left with all.
    private func measure(_ daemon: DaemonProcess) throws -> Double {
        defer { daemon.stop() }
        let idle = try ResidentMemory(of: daemon.pid)
        try measureCold(daemon)
        let few = try rate(daemon, Array(names.prefix(Self.few)), isLogUniform: false, idle)
        let all = try rate(daemon, names, isLogUniform: true, idle)
        try measureLooks(daemon)
        return all / few
    }

    private func coldNames(_ side: String) -> [String] { (1...Self.cold).map { "\(side)\($0)" } }

    /// Times the first order of tenants, in turns with SQLite.
    private func measureCold(_ daemon: DaemonProcess) throws {
        let (socket, plan) = (try ClientSocket(path: daemon.socket), OrderPlan(number: 0))
        let order = NumberedText(OrderText.request(isNew: plan.isNew, hasConsent: plan.hasConsent))
        order.fill(order: plan.number, person: plan.person)
        var (own, raw) = (Latencies(), Latencies())
        for (ownName, rawName) in zip(coldNames("own"), coldNames("raw")) {
            var start = ContinuousClock.now
            try socket.send(order, after: Array("@\(ownName) ".utf8))
            try socket.wait()
            own.append(ContinuousClock.now - start)
            start = .now
            let writer = try RawOrderWriter(path: "\(daemon.tenants)/\(rawName)/registry.sqlite")
            try writer.commit(1, at: Int64(time(nil)))
            raw.append(ContinuousClock.now - start)
        }
        let (served, own99) = (own.percentiles([50])[0], own.p99)
        let (sqlite, raw99) = (raw.percentiles([50])[0], raw.p99)
        say(
            "first order of a tenant: p50 \(Self.decimals(served)) ms, p99 \(Self.decimals(own99)) ms;"
                + " sqlite p50 \(Self.decimals(sqlite)) ms, p99 \(Self.decimals(raw99)) ms;"
                + " \(Self.decimals(served / sqlite)) times")
    }

    /// - Returns: Orders a second, once as many tenants are open as stay open.
    private func rate(
        _ daemon: DaemonProcess, _ tenants: [String], isLogUniform: Bool, _ idle: ResidentMemory
    ) throws -> Double {
        let client = try OrderClient(
            socket: daemon.socket, tenants: tenants, clients: options.clients, customers: Self.customers,
            isLogUniform: isLogUniform)
        if isLogUniform { try warmUp(client, daemon) } else { try client.openAll() }
        let latencies = try client.run(seconds: options.seconds)
        let rate = Double(latencies.count) / Double(options.seconds)
        let times = latencies.percentiles([50, 99]).map(Self.decimals)
        let open = try openTenants(daemon)
        let memory = try ResidentMemory(of: daemon.pid)
        say(
            "orders over \(tenants.count) tenants\(isLogUniform ? ", log-uniform" : ""): \(Int(rate)) orders/s,"
                + " p50 \(times[0]) ms, p99 \(times[1]) ms")
        say(
            "memory: \(open) open tenants, \((memory.resident - idle.resident) / open) KiB each (idle"
                + " \(idle.residentMB) MB, now \(memory.residentMB) MB)")
        return rate
    }

    /// Times looks at a customer, one after the other.
    private func measureLooks(_ daemon: DaemonProcess) throws {
        let (socket, look) = (try ClientSocket(path: daemon.socket), NumberedText("customer.show 7\n"))
        var choice = TenantChoice.logUniform(tenants: names.count)
        var latencies = Latencies()
        let end = ContinuousClock.now + .seconds(options.seconds)
        while ContinuousClock.now < end {
            let start = ContinuousClock.now
            try socket.send(look, after: Array("@\(names[choice.next(for: 0)]) ".utf8))
            try socket.wait()
            latencies.append(ContinuousClock.now - start)
        }
        let times = latencies.percentiles([50, 99]).map(Self.decimals)
        say(
            "looks at a customer of \(names.count) tenants, log-uniform, one after the other:"
                + " \(latencies.count / options.seconds)/s, p50 \(times[0]) ms, p99 \(times[1]) ms")
    }

    /// Sends orders until hardly more tenants are open than before: a daemon that has run for a while has those open that
    /// are busy.
    private func warmUp(_ client: OrderClient, _ daemon: DaemonProcess) throws {
        var open = 0
        for _ in 0..<Self.warmUps {
            _ = try client.run(seconds: options.seconds)
            let now = try openTenants(daemon)
            if now * 100 < open * 103 { return }
            open = now
        }
    }

    /// So often at most.
    private static let warmUps = 10

    private func openTenants(_ daemon: DaemonProcess) throws -> Int {
        let reply = try ControlConnection(path: daemon.socket).ask("stats")
        guard let open = reply.ok?["open_tenants"]?.integerValue, open > 0 else {
            throw BenchError.unexpectedAnswer(reply.ok?.text ?? "nothing")
        }
        return Int(open)
    }

    private static func seconds(_ duration: Duration) -> String { decimals(duration / .seconds(1)) }

    private static func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}
