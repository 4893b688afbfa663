import ChannelKit

/// A till that the shop has set up.
struct Register {
    let id: Int64
    /// What sales call it.
    let key: String
    var name: String?
    var location: String?
    var isActive: Bool
    /// What the numbers of its receipts begin with.
    var prefix: String
    /// The number its receipts began with under this prefix.
    var firstNumber: Int64
    /// The number of the next receipt it gives.
    var nextNumber: Int64
    /// The last business day that is closed, nil before the first.
    let closedDay: String?
    /// How many days have been closed.
    let closings: Int64
    /// What lies in the drawer when the day begins, in minor units.
    let openingMinor: Int64

    init(_ row: Row) {
        id = row.integer(0)
        key = row.text(1)
        name = row.textOrNil(2)
        location = row.textOrNil(3)
        isActive = row.flag(4)
        prefix = row.text(5)
        firstNumber = row.integer(6)
        nextNumber = row.integer(7)
        closedDay = row.textOrNil(8)
        closings = row.integer(9)
        openingMinor = row.integer(10)
    }

    /// The register that sales call so, nil when nobody has set it up.
    static func named(_ key: String, _ services: ChannelServices) throws -> Register? {
        try services.first(
            """
            SELECT id, key, name, location, is_active, prefix, first_number, next_number, closed_day, closings,
                opening_minor
            FROM pos__register WHERE key = ?
            """, .text(key), element: Register.init)
    }

    /// The register that sales call so.
    ///
    /// - Throws: ``ChannelRefusal``, with slug `no-register`.
    static func known(_ key: String, _ services: ChannelServices) throws -> Register {
        guard let register = try named(key, services) else {
            throw ChannelRefusal.notFound("no-register", "no register is called \(key); set it up by pos.set-register")
        }
        return register
    }

    /// The day on which something sold on some day is counted: never one that is closed.
    func dayToCount(_ soldDay: String) throws -> String {
        guard let closedDay, soldDay <= closedDay else { return soldDay }
        let closed = try Instant(parsing: closedDay, zone: .gmt)
        return Instant(seconds: closed.seconds + 86_400).day(in: .gmt)
    }

    /// The receipt that comes next; numbers are passed over that a sale brought along.
    ///
    /// `own` is an order that is being written and does not count.
    func nextReceipt(
        besides own: OrderID? = nil, _ services: ChannelServices
    ) throws -> (number: Int64, text: String) {
        var number = nextNumber
        while try !Receipt.orders(key, prefix + String(number), isTest: false, besides: own, services).isEmpty {
            number += 1
        }
        return (number, prefix + String(number))
    }

    func shape(_ currency: Currency) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("register", key)
            writer.member("name", name)
            writer.member("location", location)
            writer.member("active", isActive)
            writer.member("prefix", prefix)
            writer.member("next", nextNumber)
            writer.member("closed_day", closedDay)
            writer.member("closings", closings)
            writer.member("opening", Money(minor: openingMinor, currency: currency).text)
        }
    }
}
