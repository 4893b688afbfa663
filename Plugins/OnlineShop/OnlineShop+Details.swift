import ChannelKit

extension OnlineShop {
    static let details: [DetailMember] = [
        .init("payment.state", "how it stands with the money: \(Payment.State.words.joined(separator: ", "))"),
        .init("payment.method", "how it is paid, such as card"),
        .init("payment.amount", "how much was paid"),
        .init("payment.refunded", "how much of it went back"),
        .init("fulfilment.state", "how it stands with the goods: \(Fulfilment.State.words.joined(separator: ", "))"),
        .init("fulfilment.tracking.carrier", "who brings a parcel; tracking is a list"),
        .init("fulfilment.tracking.number", "the number under which the carrier finds it"),
        .init("shipping.amount", "what sending costs; it comes on top of the lines"),
        .init("shipping.tax_rate", "of the tax contained in it, in per cent"),
        .init("shipping.method", "how it is sent"),
        .init("shipping.address", "where it goes: text or an object"),
        .init("shipping_address", "where it goes: an id of the customer's address book, or an object"),
        .init("billing_address", "who pays: an id of the customer's address book, or an object"),
        .init("guest", "true: ordered without an account"),
        .init("session", "the shop's own word for the visit"),
        .init("vat_id", "the buyer's VAT id"),
    ]
}
