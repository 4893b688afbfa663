import ChannelKit
@testable import Hosting
import Registry
import Storage
import TestSupport
import XCTest

/// A host in a folder, and what tests do with its tenants.
struct Street: Sendable {
    let host: Hosting.Host
    let folder: String

    /// Runs a body with a host in an empty folder, and closes it.
    static func run(
        openLimit: OpenLimit = OpenLimit(tenants: 100), threads: Int = 2, _ body: (Street) throws -> Void
    ) throws {
        try withTemporaryDirectory { folder in
            try inFolder(folder, openLimit: openLimit, threads: threads, body)
        }
    }

    /// Runs a body with a host in a folder, and closes it.
    static func inFolder(
        _ folder: String, openLimit: OpenLimit = OpenLimit(tenants: 100), threads: Int = 2,
        uptime: @escaping @Sendable () -> Int64 = { 0 }, _ body: (Street) throws -> Void
    ) throws {
        let host = try Hosting.Host(
            directory: folder, channels: ChannelCatalog([CompiledSource(Kiosk.self)]), openLimit: openLimit,
            threads: threads,
            now: { Instant(seconds: 1_790_000_000) }, uptime: uptime)
        defer { host.close() }
        try body(Street(host: host, folder: folder))
    }

    static var configuration: TenantConfiguration {
        TenantConfiguration(
            title: "Acme", currency: "EUR", country: "DE", locale: "de", timeZone: "Europe/Berlin",
            createdAt: "2026-11-22T00:00:00Z")
    }

    static func name(_ text: String) throws -> TenantName {
        try XCTUnwrap(TenantName(text))
    }

    func create(_ name: String, _ configuration: TenantConfiguration = Street.configuration) throws -> Tenant {
        try host.create(Self.name(name), configuration)
    }

    func registry(of name: String) -> String { "\(folder)/\(name)/registry.sqlite" }

    /// Runs something on one of the threads that serve a tenant.
    func perform(for tenant: Tenant, _ work: @escaping @Sendable () -> Void) {
        host.pool.submit(for: tenant.use) { _ in work() }
    }

    /// Returns once what tenants have to do now is done, where each lane has one thread.
    func settle() {
        for nanoseconds in [0, Int64(1e9)] {
            let (use, answers) = (RecentUse { 0 }, Answers())
            use.add(nanoseconds)
            answers.expect()
            host.pool.submit(for: use) { answers.add("\($0)") }
            _ = answers.all()
        }
    }

    /// Queues the entry of a customer; answers with the text, or with the error.
    func enter(_ text: String, in tenant: Tenant, isKept: Bool = true, fails: Bool = false, _ answers: Answers) {
        let occasion = Occasion(shop: tenant.profile.shop, at: host.now(), actor: .system)
        answers.expect()
        tenant.write(isKept: isKept) { transaction in
            var fields = CustomerFields()
            fields.name = text
            _ = try CustomerWriter(transaction, occasion).create(fields, source: "staff")
            if fails { throw CustomerError.denied(publicReason: nil) }
            return { answers.add(text) }
        } failed: { error in
            answers.add("\(text): \(error)")
        }
    }

    /// Queues a look at who is there; answers with the names, in order of entry.
    func look(at tenant: Tenant, _ answers: Answers) {
        answers.expect()
        tenant.read { transaction in
            let names = try transaction.all("SELECT name FROM customer ORDER BY number") { $0.text(0) }
            return { answers.add(names.joined(separator: " ")) }
        } failed: { error in
            answers.add("look: \(error)")
        }
    }

    /// Who is in a tenant's registry, in order of entry.
    func customers(of tenant: Tenant) -> [String] {
        let answers = Answers()
        look(at: tenant, answers)
        return answers.all().flatMap { $0.split(separator: " ").map(String.init) }
    }
}
