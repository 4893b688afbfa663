import ChannelKit

/// What the details of a sale say, checked.
struct Sale: Equatable {
    let register: String
    /// Nil where the register is to give it.
    let receipt: String?
    let location: String?
    let cashier: String?
    let businessDay: String?
    /// The day on which it was sold, where it is counted on a later one.
    let soldDay: String?
    let card: String?
    let claimCode: String?
    let tenders: Tenders

    /// - Throws: ``ChannelRefusal``.
    init(_ details: Details, in currency: Currency) throws {
        let items = try details.objects("tenders")
        // Only a register gives a receipt.
        let needed = details.missing("register").isEmpty ? [] : details.missing("register", "receipt")
        let missing = needed + items.flatMap { $0.missing("kind", "amount") }
        guard missing.isEmpty else { throw ChannelRefusal.incomplete(missing) }
        register = try details.text("register") ?? ""
        receipt = try Self.filled("receipt", of: details)
        cashier = try details.text("cashier")
        location = try details.text("location")
        _ = try details.text("e_receipt")
        card = try Self.filled("card", of: details)
        claimCode = try details.text("claim_code")
        if let claimCode, claimCode.utf8.count < 6 {
            throw details.bad("claim_code", "at least 6 characters are needed, or it can be guessed")
        }
        businessDay = try Self.day("business_day", of: details)
        soldDay = try Self.day("sold_day", of: details)
        tenders = try Tenders(items, change: details.minorUnits("change", in: currency) ?? 0, in: currency)
    }

    /// The channel's own id of a sale that brings none.
    static func ext(_ register: String, _ receipt: String) -> String { "\(register):\(receipt)" }

    private static func filled(_ name: String, of details: Details) throws -> String? {
        try details.text(name).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// A day, nil when it is absent.
    ///
    /// - Throws: ``ChannelRefusal``.
    static func day(_ name: String, of details: Details) throws -> String? {
        guard let day = try details.text(name) else { return nil }
        _ = try details.instant(name, zone: .gmt)
        guard day.utf8.count == 10 else { throw details.bad(name, "a day such as 2026-11-22 is needed here") }
        return day
    }
}
