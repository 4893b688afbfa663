import ChannelKit

/// What can be booked, as the shop has set it up.
struct Service {
    let id: Int64
    /// The word callers name it by, folded.
    let key: String
    var name: String
    /// In minutes; nil where each booking says when it ends.
    var duration: Int64?
    /// How long its resource is busy before and after it, in minutes.
    var before: Int64
    var after: Int64
    /// Between the starts that are offered, in minutes; nil for the duration.
    var step: Int64?
    /// How many people share one place at a time; nil where a booking has the place to itself.
    var seats: Int64?
    var price: UnitPrice?
    /// Of the price; nil without one.
    var currency: Currency?
    /// Whether the price is for each person of the party.
    var isPricedPerPerson: Bool
    var taxRate: Percentage?
    var isActive: Bool

    /// The word by which services and resources are found: trimmed, of one case.
    static func key(_ text: String) -> String {
        let start = text.drop(while: \.isWhitespace)
        let end = start.lastIndex { !$0.isWhitespace }
        return end.map { start[...$0].lowercased() } ?? ""
    }

    /// What a booking for a party costs as a line of its order; nil without a price.
    func line(for party: Int64) -> OrderLine? {
        price.map { price in
            OrderLine(
                sku: key, name: name, quantity: Quantity(micros: (isPricedPerPerson ? party : 1) * 1_000_000),
                unitPrice: price, taxRate: taxRate)
        }
    }
}
