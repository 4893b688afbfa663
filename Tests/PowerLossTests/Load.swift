import ControlClient
import Foundation
import StrictJSON
import TestSupport

/// What clients ask of a daemon whose power is going to fail.
struct Load {
    /// How much of everything, 1 for a short one.
    let size: Int
    let socket: String

    private static let tenants = 3
    /// Nobody looks at what is in there, for which its transactions would be finished.
    private static let unread = "unread"
    private static let orderClients = 3

    /// Runs it to its end.
    ///
    /// - Returns: What was promised.
    func run() throws -> [Claim] {
        let setup = try LoadClient(0, socket)
        for tenant in (0..<Self.tenants).map({ "t\($0)" }) + [Self.unread] {
            try setup.ok("tenant.create name=\(tenant)", .tenant(tenant))
            try setup.ok("@\(tenant) coupon.create code=SAVE percent=10 limit=\(10 * size)")
        }
        let claims = try concurrently(Self.orderClients + 3) { number in
            let client = try LoadClient(number + 1, socket)
            switch number {
            case Self.orderClients: try people(client)
            case Self.orderClients + 1: try life(client)
            case Self.orderClients + 2: try files(client)
            default: try orders(client, number)
            }
            return client.claims
        }
        return setup.claims + claims.flatMap(\.self)
    }

    private func order(_ tenant: String, _ ext: String, email: String, coupon: String = "") -> String {
        "@\(tenant) order.register channel=online-shop ext=\(ext) customer={\"email\":\"\(email)\"}\(coupon) "
            + "lines=[{\"sku\":\"A\",\"name\":\"Tea\",\"quantity\":2,\"unit_price\":\"2.50\"},"
            + "{\"sku\":\"B\",\"name\":\"Bag\",\"quantity\":1,\"unit_price\":\"1.00\"}]"
    }

    /// Orders of several tenants, some ahead of the answers, some twice, and looks at what is there.
    private func orders(_ client: LoadClient, _ number: Int) throws {
        var random = SeededGenerator(seed: UInt64(number))
        for count in 0..<25 * size {
            let tenant = "t\(random.below(Self.tenants))"
            if random.below(6) == 0 {
                while client.waitingCount > 0 { _ = try client.receive() }
                try client.send("@\(tenant) order.list limit=20", [])
                let (reply, request) = try client.receive()
                client.note(
                    reply.rows.compactMap { $0.text("ext") }.map { .order(tenant: tenant, ext: $0) }, at: request)
                continue
            }
            let buyer = random.below(3) == 0 ? Self.unread : tenant
            // Every fifth repeats an order that another client may send too.
            let ext = random.below(5) == 0 ? "shared-\(count)" : "\(number)-\(count)"
            let coupon = random.below(3) == 0 ? " coupon=SAVE" : ""
            let line = order(buyer, ext, email: "\(ext)@example.org", coupon: coupon)
            try client.send(line, [.order(tenant: buyer, ext: ext)])
            if client.waitingCount == 4 { _ = try client.receive() }
        }
        while client.waitingCount > 0 { _ = try client.receive() }
    }

    /// People who agree, object, are merged and erased.
    private func people(_ client: LoadClient) throws {
        for count in 0..<6 * size {
            let tenant = "t\(count % Self.tenants)"
            let word = "vanishing\(count)x"
            let id = try identity(client.ok("@\(tenant) customer.create name=\(word) email=\(word)@example.org"))
            try client.ok(
                order(tenant, "by-\(count)", email: "\(word)@example.org"), .order(tenant: tenant, ext: "by-\(count)"))
            try client.ok("@\(tenant) note.add customer=\(id) text=\"\(word) called\"")
            try client.ok("@\(tenant) customer.erase \(id) confirm=\(id)", .erased(tenant: tenant, word: word))

            let email = "staying\(count)@example.org"
            let other = try identity(client.ok("@\(tenant) customer.create name=Staying email=\(email)"))
            try client.ok("@\(tenant) consent.subscribe customer=\(other) wording=v1")
            try client.ok("@\(tenant) consent.unsubscribe customer=\(other)", .withdrawn(tenant: tenant, email: email))
            let double = try identity(client.ok("@\(tenant) customer.create name=Double phone=+49301234\(100 + count)"))
            try client.ok("@\(tenant) customer.merge into=\(other) from=\(double)", .merged(tenant: tenant, id: double))
        }
    }

    /// A tenant that is put away, brought back, restored and deleted.
    private func life(_ client: LoadClient) throws {
        for round in 0..<size {
            let name = "life\(round)"
            func register(_ ext: String) throws {
                try client.ok(order(name, ext, email: "\(ext)@example.org"), .order(tenant: name, ext: ext))
            }
            try client.ok("tenant.create name=\(name)", .tenant(name))
            try register("first")
            let reply = try client.ok("tenant.backup name=\(name)")
            let backup = reply.ok?.text("backup") ?? ""
            client.note(.backup(tenant: name, name: backup))
            try register("second")
            client.end(.tenant(name))
            try client.ok("tenant.archive name=\(name)", .archived(name))
            client.end(.archived(name))
            try client.ok("tenant.resume name=\(name)", .tenant(name))
            client.end(.order(tenant: name, ext: "second"))
            try client.ok(
                "tenant.restore name=\(name) backup=\(backup) confirm=\(name)",
                .noOrder(tenant: name, ext: "second"))
            try register("third")
            guard round.isMultiple(of: 2) else { continue }
            client.end(
                .tenant(name), .order(tenant: name, ext: "first"), .order(tenant: name, ext: "third"),
                .noOrder(tenant: name, ext: "second"), .backup(tenant: name, name: backup))
            try client.ok("tenant.delete name=\(name) confirm=\(name) force=true", .gone(name))
        }
    }

    /// Imports, backups and exports beside all that.
    private func files(_ client: LoadClient) throws {
        for round in 0..<size {
            let tenant = "t\(round % Self.tenants)"
            let rows = (0..<60).map { "batch\(round)-\($0)@example.org" }.joined(separator: "\\n")
            try client.ok(
                "@\(tenant) customer.import text=\"email\\n\(rows)\\n\"",
                .imported(tenant: tenant, prefix: "batch\(round)-", count: 60))
            let reply = try client.ok("tenant.backup name=\(tenant)")
            client.note(.backup(tenant: tenant, name: reply.ok?.text("backup") ?? ""))
            try client.ok("@\(tenant) tenant.set title=\"Round \(round)\"")
        }
    }

    private func identity(_ reply: ClientReply) throws -> Int64 {
        guard let id = reply.ok?.number("id") else { throw UnexpectedAnswer(line: "create", answer: "no id") }
        return id
    }
}
