import Foundation
import Registry
import Storage
import StrictJSON

/// A registry with many customers, some of them tagged, some with orders, one with very many.
struct CrowdedShop {
    let path: String
    /// The customer with very many orders.
    let regular: Int64

    /// Every so many customers carry the tag, or have ordered.
    static let tagShare = 100
    static let orderShare = 10
    static let tag = "VIP"

    /// Fills a new file through the registry's own writers; the last customer has so many orders.
    ///
    /// - Throws: What the registry throws.
    init(at path: String, customers: Int, orders: Int) throws {
        self.path = path
        regular = Int64(customers)
        let database = try Database(path: path, migrations: RegistrySchema.migrations)
        // Each order came a second after the one before, and none has yet to come.
        let seconds = Int64(max(customers, orders))
        let occasion = try ShopTemplate.occasion(at: Instant(seconds: 1_790_000_000 + seconds))
        let start = ContinuousClock.now
        var people = People()
        for first in stride(from: 1, through: customers, by: 1024) {
            let chunk = (first..<min(first + 1024, customers + 1)).map { (number: $0, person: people.next($0)) }
            try database.write { transaction in
                for (number, person) in chunk { try Self.enter(person, number, transaction, occasion) }
            }
        }
        let time = ContinuousClock.now - start
        say("filled with \(customers) customers through the registry, \(Self.each(time, customers)) us each")
        for first in stride(from: 0, to: orders, by: 1000) {
            try database.write { [regular] transaction in
                for number in first..<min(first + 1000, orders) {
                    try Self.order("r-\(number)", of: regular, at: Int64(number), transaction, occasion)
                }
            }
        }
        try Self.measureIndex(database, customers: customers)
    }

    private static func enter(
        _ person: People.Person, _ number: Int, _ transaction: WriteTransaction, _ occasion: Occasion
    ) throws {
        var fields = CustomerFields()
        for (field, text) in [(CustomerField.email, person.email), (.name, person.name), (.phone, person.phone)] {
            try fields.set(field, to: text, country: occasion.shop.country)
        }
        let id = try CustomerWriter(transaction, occasion).create(fields, source: "staff")
        if number % tagShare == 0 { try TagWriter(transaction, occasion).assign(tag, to: id) }
        if number % orderShare == 0 {
            for order in 0..<(number / orderShare % 3 + 1) {
                try self.order("\(number)-\(order)", of: id.rawValue, at: Int64(number), transaction, occasion)
            }
        }
    }

    private static func order(
        _ ext: String, of customer: Int64, at second: Int64, _ transaction: WriteTransaction, _ occasion: Occasion
    ) throws {
        var draft = OrderDraft(
            channel: OrderText.channel, ext: ext, buyer: .customer(CustomerID(rawValue: customer)), kind: .order,
            state: .confirmed, currency: occasion.shop.currency, lines: [],
            declared: Money(minor: 1990, currency: occasion.shop.currency), details: .emptyObject)
        draft.placedAt = Instant(seconds: 1_790_000_000 + second)
        _ = try OrderWriter(transaction, occasion).register(draft)
    }

    /// Makes the search index once more, as an import does, and says what it takes.
    private static func measureIndex(_ database: Database, customers: Int) throws {
        try database.write { transaction in
            try transaction.execute("DELETE FROM search_gram")
            try transaction.execute("UPDATE search_progress SET blocks = 0")
        }
        let start = ContinuousClock.now
        var isDone = false
        while !isDone { isDone = try database.write { try SearchBacklog($0).enter(atMost: 16) } }
        let time = ContinuousClock.now - start
        let size = try database.read { transaction in
            try transaction.first("SELECT count(*), total(length(grams)) FROM search_gram") {
                (rows: $0.integer(0), bytes: $0.integer(1))
            }
        }
        let rows = Double(size?.rows ?? 0) / Double(customers)
        let megabytes = Double(size?.bytes ?? 0) / 1e6
        say(
            "search index in bulk: \(each(time, customers)) us, \(String(format: "%.2f", rows)) rows a customer,"
                + " \(String(format: "%.1f", megabytes)) MB of sets")
    }

    private static func each(_ time: Duration, _ count: Int) -> String {
        String(format: "%.1f", time / .microseconds(1) / Double(count))
    }
}
