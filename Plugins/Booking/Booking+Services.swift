import ChannelKit

extension Booking {
    func services(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let key = try page.position(1) { $0[0].stringValue } ?? ""
        let catalogue = Catalogue(services: services)
        let found = try catalogue.services(after: key, limit: page.limit + 1)
        let shown = found.prefix(page.limit)
        return .list(
            try shown.map { try Self.shape(of: $0, catalogue) },
            next: found.count > page.limit ? shown.last.map { [.string($0.key)] } : nil)
    }

    func setService(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let catalogue = Catalogue(services: transaction.services)
        let word = try arguments.text("service") ?? ""
        let key = Service.key(word)
        guard !key.isEmpty else { throw arguments.bad("service", "a word is needed here") }
        let known = try catalogue.service(key)
        var service =
            known
            ?? Service(
                id: 0, key: key, name: word, duration: nil, before: 0, after: 0, step: nil, seats: nil, price: nil,
                currency: nil, isPricedPerPerson: false, taxRate: nil, isActive: true)
        try Self.change(&service, arguments, transaction.occasion.shop.currency)
        let id = try Self.write(service, transaction)
        if let words = arguments.json["resources"]?.arrayValue {
            try Self.assign(words.compactMap(\.stringValue), to: id, arguments, transaction)
        }
        if known == nil { try Ledger(transaction).adopt() }
        return .ok(try Self.shape(of: catalogue.knownService(key), catalogue))
    }

    private static func change(_ service: inout Service, _ arguments: Details, _ currency: Currency) throws {
        for cleared in arguments.json["clear"]?.arrayValue ?? [] {
            switch cleared.stringValue {
            case "duration": service.duration = nil
            case "step": service.step = nil
            case "seats": service.seats = nil
            case "price": (service.price, service.currency) = (nil, nil)
            case "tax_rate": service.taxRate = nil
            default: throw arguments.bad("clear", "duration, step, seats, price and tax_rate can be cleared")
            }
        }
        if let name = try arguments.text("name") { service.name = name }
        service.duration = try arguments.minutes("duration", 1...527_040) ?? service.duration
        service.before = try arguments.minutes("before", 0...10_080) ?? service.before
        service.after = try arguments.minutes("after", 0...10_080) ?? service.after
        service.step = try arguments.minutes("step", 1...527_040) ?? service.step
        service.seats = try arguments.number("seats", 1...1_000_000) ?? service.seats
        if let price = try arguments.minorUnits("price", in: currency) {
            service.price = try UnitPrice(parsing: Money(minor: price, currency: currency).text)
            service.currency = currency
        }
        if let per = try arguments.word("price_per", among: ["booking", "person"]) {
            service.isPricedPerPerson = per == "person"
        }
        if let rate = try arguments.text("tax_rate") {
            do {
                service.taxRate = try Percentage(parsing: rate)
            } catch {
                throw arguments.bad("tax_rate", error.description)
            }
        }
        service.isActive = try arguments.flag("active") ?? service.isActive
    }

    /// - Returns: The service's id.
    private static func write(_ service: Service, _ transaction: ChannelTransaction) throws -> Int64 {
        try transaction.change(
            """
            INSERT INTO booking__service (key, name, duration_minutes, before_minutes, after_minutes, step_minutes,
                seats, price_micros, currency, price_per, tax_rate_millionths, is_active)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET name = excluded.name, duration_minutes = excluded.duration_minutes,
                before_minutes = excluded.before_minutes, after_minutes = excluded.after_minutes,
                step_minutes = excluded.step_minutes, seats = excluded.seats, price_micros = excluded.price_micros,
                currency = excluded.currency, price_per = excluded.price_per,
                tax_rate_millionths = excluded.tax_rate_millionths, is_active = excluded.is_active
            """,
            .text(service.key), .text(service.name), .integer(orNull: service.duration), .integer(service.before),
            .integer(service.after), .integer(orNull: service.step), .integer(orNull: service.seats),
            .integer(orNull: service.price?.micros), .text(orNull: service.currency?.code),
            .text(service.isPricedPerPerson ? "person" : "booking"), .integer(orNull: service.taxRate?.millionths),
            .flag(service.isActive))
        return try Catalogue(services: transaction.services).knownService(service.key).id
    }

    private static func assign(
        _ words: [String], to service: Int64, _ arguments: Details, _ transaction: ChannelTransaction
    ) throws {
        let catalogue = Catalogue(services: transaction.services)
        try transaction.change("DELETE FROM booking__service_resource WHERE service_id = ?", .integer(service))
        var resources: [Resource] = []
        for word in words {
            let resource = try catalogue.knownResource(word)
            guard !resources.contains(resource) else { throw arguments.bad("resources", "\(word) is there twice") }
            resources.append(resource)
        }
        for (position, resource) in resources.enumerated() {
            try transaction.change(
                "INSERT INTO booking__service_resource (service_id, position, resource_id) VALUES (?, ?, ?)",
                .integer(service), .integer(Int64(position)), .integer(resource.id))
        }
    }

    private static func shape(of service: Service, _ catalogue: Catalogue) throws -> JSONFragment {
        let resources = try catalogue.resources(of: service)
        return JSONWriter.object { writer in
            writer.member("service", service.key)
            writer.member("name", service.name)
            writer.member("duration", service.duration)
            writer.member("before", service.before)
            writer.member("after", service.after)
            writer.member("step", service.step ?? service.duration)
            writer.member("seats", service.seats)
            writer.member("price", service.price?.text(atLeast: service.currency?.fractionDigits ?? 0))
            writer.member("currency", service.currency?.code)
            writer.member("price_per", service.isPricedPerPerson ? "person" : "booking")
            writer.member("tax_rate", service.taxRate?.text)
            writer.member("resources", resources.map(\.key))
            writer.member("active", service.isActive)
        }
    }
}
