internal import Foundation
package import StrictJSON

extension Order {
    /// An order as it was shown to somebody in another process, who does not see the buyer.
    ///
    /// - Parameters:
    ///   - json: The order as lists show it.
    ///   - details: What the channel alone understands, canonical.
    /// - Throws: ``ValueError`` for an amount, a time or a currency that cannot be read.
    package init(shown json: JSON, details: JSONFragment) throws(ValueError) {
        func text(_ name: String) -> String { json[name]?.stringValue ?? "" }
        let currency = try Currency(text("currency"))
        func money(_ name: String) throws(ValueError) -> Money { try Money(parsing: text(name), in: currency) }
        let state = OrderState(rawValue: text("state")) ?? .open
        let (total, givenBack) = (try money("total"), try money("refunded"))
        // An order that is called off counts with nothing, whatever went back.
        let less =
            state.isCounted ? Money(minor: total.minor - (try money("net")).minor, currency: currency) : givenBack
        self.init(
            id: OrderID(rawValue: json["id"]?.integerValue ?? 0), channel: text("channel"), ext: text("ext"),
            match: Match(
                customer: json["customer"]?.integerValue.map(CustomerID.init(rawValue:)),
                reason: MatchReason(rawValue: text("match")) ?? .none),
            kind: OrderKind(rawValue: text("kind")) ?? .order, state: state,
            channelState: json["channel_state"]?.stringValue,
            placedAt: try Instant(parsing: text("placed_at"), zone: .gmt),
            recordedAt: try Instant(parsing: text("recorded_at"), zone: .gmt),
            amounts: OrderAmounts(
                subtotal: try money("subtotal"), discount: try money("discount"), tax: try money("tax"),
                total: total),
            paid: try money("paid"), refunded: less, givenBack: givenBack, coupon: json["coupon"]?.stringValue,
            buyer: .emptyObject, details: details, isTest: json["test"]?.boolValue ?? false, registeredSeq: 0,
            rev: json["rev"]?.integerValue ?? 0)
    }
}
