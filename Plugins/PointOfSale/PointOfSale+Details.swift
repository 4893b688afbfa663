import ChannelKit

extension PointOfSale {
    static let details: [DetailMember] = [
        .init("register", "the till; needed"),
        .init("receipt", "the number of the receipt; needed unless the register is set up and gives it"),
        .init("cashier", "who sold it; the customer does not see it"),
        .init("location", "where it was sold"),
        .init("business_day", "the day on which it counts"),
        .init("sold_day", "the day on which it was sold, where it counts on a later one"),
        .init("tenders.kind", "how a part was paid, such as cash or card; tenders is a list"),
        .init("tenders.amount", "how much of it"),
        .init("change", "what was given back of the cash"),
        .init("e_receipt", "where the receipt was sent; never consent to anything"),
        .init("card", "the customer's card"),
        .init("claim_code", "by which the buyer may claim the sale later"),
        .init("returns.order", "of a return: the order that it brings back goods of"),
        .init("returns.register", "or the till that sold them"),
        .init("returns.receipt", "and its receipt"),
        .init("returns.ext", "or the channel's own id of that order"),
        .init("reason", "why goods come back"),
    ]
}
