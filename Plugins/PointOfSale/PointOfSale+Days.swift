import ChannelKit

extension PointOfSale {
    func openDay(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try arguments.require("register")
        let currency = transaction.occasion.shop.currency
        let register = try Register.known(arguments.text("register") ?? "", transaction.services)
        let minor = try arguments.minorUnits("float", in: currency) ?? 0
        try transaction.change(
            "UPDATE pos__register SET opening_minor = ? WHERE id = ?", .integer(minor), .integer(register.id))
        try transaction.note("day-opened") { writer in
            writer.member("register", register.key)
            writer.member("float", Money(minor: minor, currency: currency).text)
        }
        return .ok(try Register.known(register.key, transaction.services).shape(currency))
    }

    func closeDay(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        try arguments.require("register", "counted")
        let occasion = transaction.occasion
        let currency = occasion.shop.currency
        let register = try Register.known(arguments.text("register") ?? "", transaction.services)
        let counted = try arguments.minorUnits("counted", in: currency) ?? 0
        let today = businessDay(of: occasion.at, occasion)
        let day = try Sale.day("day", of: arguments) ?? today
        guard day <= today else { throw ChannelRefusal("in-the-future", "\(day) has not begun yet") }
        if let closed = register.closedDay, day <= closed {
            throw ChannelRefusal.conflict(
                "day-closed", "register \(register.key) is closed until \(closed)",
                details: [JSON.Member(name: "closed_day", value: .string(closed))])
        }
        let report = try DayReport(of: register.key, until: day, transaction.services)
        let close = DayReport.Close(
            number: register.closings + 1, at: occasion.at, by: occasion.actor.description,
            openingMinor: register.openingMinor, countedMinor: counted)
        let shape = try report.shape(close, openingMinor: register.openingMinor, currency)
        _ = try transaction.insert(
            "INSERT INTO pos__closing (register, number, business_day, report) VALUES (?, ?, ?, ?)",
            .text(register.key), .integer(close.number), .text(day), .utf8(shape.bytes))
        try transaction.change(
            """
            UPDATE pos__tender SET closing = ?
            WHERE closing IS NULL AND business_day <= ? AND order_id IN (
                SELECT order_id FROM pos__receipt WHERE register = ? AND closing IS NULL AND is_test = 0)
            """, .integer(close.number), .text(day), .text(register.key))
        try transaction.change(
            """
            UPDATE pos__receipt SET closing = ?
            WHERE register = ? AND business_day <= ? AND closing IS NULL AND is_test = 0 AND standing <> 'open'
            """, .integer(close.number), .text(register.key), .text(day))
        try transaction.change(
            """
            UPDATE pos__refund SET closing = ?
            WHERE register = ? AND business_day <= ? AND closing IS NULL AND is_test = 0
            """, .integer(close.number), .text(register.key), .text(day))
        try transaction.change(
            "UPDATE pos__register SET closed_day = ?, closings = ?, opening_minor = 0 WHERE id = ?", .text(day),
            .integer(close.number), .integer(register.id))
        try transaction.note("day-closed") { writer in
            writer.member("register", register.key)
            writer.member("day", day)
            writer.member("number", close.number)
        }
        return .ok(shape)
    }

    func day(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        try arguments.require("register")
        let key = try arguments.text("register") ?? ""
        let day = try Sale.day("day", of: arguments) ?? businessDay(of: services.occasion.at, services.occasion)
        let register = try Register.named(key, services)
        if let closed = register?.closedDay, day <= closed {
            // A close counts all days since the one before it.
            let kept = try services.first(
                """
                SELECT report FROM pos__closing WHERE register = ? AND business_day >= ?
                ORDER BY business_day LIMIT 1
                """, .text(key), .text(day)
            ) { JSONFragment(trusted: $0.bytes(0)) }
            if let kept { return .ok(kept) }
        }
        let report = try DayReport(of: key, until: day, services)
        if register == nil, report.isEmpty { _ = try Register.known(key, services) }
        return .ok(
            try report.shape(nil, openingMinor: register?.openingMinor ?? 0, services.occasion.shop.currency))
    }

    func days(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        try arguments.require("register")
        let page = try arguments.page()
        let position = try page.position(1) { $0[0].integerValue }
        let register = try Register.known(arguments.text("register") ?? "", services)
        let found = try services.all(
            """
            SELECT number, report FROM pos__closing WHERE register = ? AND number < ? ORDER BY number DESC LIMIT ?
            """, .text(register.key), .integer(position ?? .max), .integer(Int64(page.limit + 1))
        ) { (number: $0.integer(0), report: JSONFragment(trusted: $0.bytes(1))) }
        let shown = found.prefix(page.limit)
        return .list(
            shown.map(\.report), next: found.count > page.limit ? shown.last.map { [.integer($0.number)] } : nil)
    }
}
