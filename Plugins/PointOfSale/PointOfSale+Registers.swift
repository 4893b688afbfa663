import ChannelKit

extension PointOfSale {
    func registers(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let position = try page.position(1) { $0[0].stringValue }
        let location = try arguments.text("location")
        let found = try services.all(
            """
            SELECT id, key, name, location, is_active, prefix, first_number, next_number, closed_day, closings,
                opening_minor
            FROM pos__register WHERE key > ? AND (? IS NULL OR location = ?) ORDER BY key LIMIT ?
            """, .text(position ?? ""), .text(orNull: location), .text(orNull: location),
            .integer(Int64(page.limit + 1)), element: Register.init)
        let shown = found.prefix(page.limit)
        return .list(
            shown.map { $0.shape(services.occasion.shop.currency) },
            next: found.count > page.limit ? shown.last.map { [.string($0.key)] } : nil)
    }

    func setRegister(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try arguments.require("register")
        let key = try arguments.text("register") ?? ""
        guard key.utf8.count <= 64 else { throw arguments.bad("register", "it has at most 64 bytes") }
        let prefix = try arguments.text("prefix")
        guard (prefix?.utf8.count ?? 0) <= 32 else { throw arguments.bad("prefix", "it has at most 32 bytes") }
        if let prefix, prefix.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw arguments.bad("prefix", "it has no control characters")
        }
        let next = try arguments.integer("next")
        if let next, !(1...1_000_000_000_000).contains(next) {
            throw arguments.bad("next", "a number from 1 is needed here")
        }
        if try Register.named(key, transaction.services) == nil {
            _ = try transaction.insert(
                """
                INSERT INTO pos__register (key, is_active, prefix, first_number, next_number) VALUES (?, 1, '', 1, 1)
                """, .text(key))
            try transaction.note("register-added") { $0.member("register", key) }
        }
        var register = try Register.known(key, transaction.services)
        if let name = try arguments.text("name") { register.name = name.isEmpty ? nil : name }
        if let location = try arguments.text("location") { register.location = location.isEmpty ? nil : location }
        if let isActive = try arguments.flag("active") { register.isActive = isActive }
        if let prefix, prefix != register.prefix {
            let other = try transaction.services.first(
                "SELECT key FROM pos__register WHERE prefix = ? AND prefix <> '' AND key <> ?", .text(prefix),
                .text(key)
            ) { $0.text(0) }
            if let other {
                throw ChannelRefusal.conflict(
                    "prefix-taken", "the receipts of register \(other) begin with \(prefix)",
                    details: [JSON.Member(name: "register", value: .string(other))])
            }
            // A new prefix begins a series of its own.
            register.prefix = prefix
            (register.firstNumber, register.nextNumber) = (1, 1)
        }
        if let next, next != register.nextNumber {
            guard register.nextNumber == register.firstNumber else {
                throw ChannelRefusal.conflict(
                    "numbers-in-use", "the next receipt is \(register.nextNumber); a new prefix begins a new series")
            }
            (register.firstNumber, register.nextNumber) = (next, next)
        }
        try transaction.change(
            """
            UPDATE pos__register SET name = ?, location = ?, is_active = ?, prefix = ?, first_number = ?,
                next_number = ?
            WHERE id = ?
            """, .text(orNull: register.name), .text(orNull: register.location), .flag(register.isActive),
            .text(register.prefix), .integer(register.firstNumber), .integer(register.nextNumber),
            .integer(register.id))
        return .ok(register.shape(transaction.occasion.shop.currency))
    }
}
