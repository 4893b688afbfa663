import ChannelKit

/// What the details say about sending the goods.
struct Shipping {
    /// What sending costs, in minor units; nil when nothing is said.
    let amountMinor: Int64?
    /// Of the tax contained in it; nil when nothing is said.
    let taxRate: Percentage?

    /// - Throws: ``ChannelRefusal`` for an amount below 0, a rate that is none, or an address that is neither text nor an object.
    init(_ details: Details?, in currency: Currency) throws {
        amountMinor = try details?.minorUnits("amount", in: currency)
        taxRate = try details?.percentage("tax_rate")
        _ = try details?.text("method")
        guard let details, let address = details.json["address"] else { return }
        switch address {
        case .null, .string, .object: break
        case .bool, .number, .array:
            throw ChannelRefusal.badDetail(details.path(of: "address"), "text or an object is needed here")
        }
    }

    /// The tax contained in the amount, in minor units.
    func taxMinor() throws(ValueError) -> Int64 {
        guard let amountMinor, let rate = taxRate?.millionths else { return 0 }
        return try Rounding.quotient(Int128(amountMinor) * Int128(rate), by: Int128(1_000_000 + rate))
    }
}
