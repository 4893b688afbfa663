import ChannelKit

/// What the details say about sending the goods.
struct Shipping {
    /// What sending costs, in minor units; nil when nothing is said.
    let amountMinor: Int64?

    /// - Throws: ``ChannelRefusal`` for an amount below 0, or an address that is neither text nor an object.
    init(_ details: Details?, in currency: Currency) throws {
        amountMinor = try details?.minorUnits("amount", in: currency)
        _ = try details?.text("method")
        guard let details, let address = details.json["address"] else { return }
        switch address {
        case .null, .string, .object: break
        case .bool, .number, .array:
            throw ChannelRefusal.badDetail(details.path(of: "address"), "text or an object is needed here")
        }
    }
}
