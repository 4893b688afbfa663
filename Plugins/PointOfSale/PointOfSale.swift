public import ChannelKit

/// Sales at a till.
///
/// Details: `register`, `receipt`; optional `cashier`, `location`, `business_day`, `tenders [{kind, amount}]`,
/// `change`, `e_receipt`, `card`, `claim_code`, `reason` (for staff only). A register that is set up gives its sales their receipts itself where
/// they bring none. An address for the receipt is never consent to anything.
public struct PointOfSale: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "pos", version: "1.1.0", title: "Point of sale",
        capabilities: [.anonymousOrders, .ownExternalIDs, .payments],
        states: [
            .init("paid", .completed),
            .init("open", .open),
            .init("voided", .cancelled),
        ],
        settings: [
            ChannelSetting("location", .text, standard: "", summary: "Where a sale is made that tells no location."),
            ChannelSetting(
                "day_begins", .oneOf((0...12).map { String($0) }), standard: "0",
                summary: "The hour at which a business day begins; what is sold before belongs to the day before."),
        ],
        details: details,
        personalDetails: [DetailPath("e_receipt"), DetailPath("card"), DetailPath("reason")],
        staffDetails: [DetailPath("claim_code"), DetailPath("cashier"), DetailPath("reason")],
        lastingDetails: [
            DetailPath("location"), DetailPath("register"), DetailPath("receipt"), DetailPath("business_day"),
            DetailPath("sold_day"), DetailPath("late"), DetailPath("cashier"), DetailPath("tenders", "kind"),
            DetailPath("tenders", "amount"), DetailPath("change"), DetailPath("returns", "order"),
            DetailPath("returns", "register"), DetailPath("returns", "receipt"),
        ],
        migrations: TillSchema.migrations, tables: TillSchema.tables)

    let location: String
    private let dayBegins: Int64

    public init(settings: ChannelSettings) {
        location = settings["location"]
        dayBegins = Int64(settings["day_begins"]) ?? 0
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        let sale = try Sale(details, in: draft.currency)
        if draft.ext == nil, let receipt = sale.receipt { draft.ext = Sale.ext(sale.register, receipt) }
        if sale.businessDay == nil {
            let day = businessDay(of: draft.placedAt ?? occasion.at, occasion)
            draft.details = details.setting([JSON.Member(name: "business_day", value: .string(day))])
        }
        try begin(&draft, in: "paid")
        if let received = sale.tenders.receivedMinor {
            draft.paidMinor = draft.kind.signed(received)
        } else if draft.state == .completed {
            draft.isPaidInFull = true
        }
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        var details = details
        if let renewed = try withoutFormerChange(details, of: order) {
            change.details = renewed
            details = try Details(JSON(parsing: renewed.bytes))
        }
        let sale = try Sale(details, in: order.amounts.total.currency)
        guard sale.receipt != nil else { throw ChannelRefusal.incomplete(["receipt"]) }
        try checkReturned(details, of: order)
        var additions: [JSON.Member] = []
        if sale.businessDay == nil {
            let day = businessDay(of: order.placedAt, occasion)
            additions.append(JSON.Member(name: "business_day", value: .string(day)))
        }
        if sale.location == nil, !location.isEmpty {
            additions.append(JSON.Member(name: "location", value: .string(location)))
        }
        if !additions.isEmpty {
            let complete = details.setting(additions)
            change.details = complete
            details = try Details(JSON(parsing: complete.bytes))
        }
        try settle(details, &change, of: order)
    }

    /// The business day of a sale: the tenant's day, which goes on after midnight until the next one begins.
    func businessDay(of sold: Instant, _ occasion: Occasion) -> String {
        let wall = sold.wallTime(in: occasion.shop.timeZone)
        return Instant(seconds: wall.seconds - dayBegins * 3_600).day(in: .gmt)
    }
}
