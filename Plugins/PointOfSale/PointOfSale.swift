public import ChannelKit

/// Sales at a till.
///
/// Details: `register`, `receipt`; optional `cashier`, `location`, `business_day`, `tenders [{kind, amount}]`,
/// `change`, `e_receipt`. An address for the receipt is never consent to anything.
public struct PointOfSale: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "pos", version: "1.0.0", title: "Point of sale", capabilities: [.anonymousOrders, .ownExternalIDs],
        states: [
            .init("paid", .completed),
            .init("open", .open),
            .init("voided", .cancelled),
        ],
        settings: [
            ChannelSetting("location", .text, standard: "", summary: "Where a sale is made that tells no location.")
        ],
        personalDetails: [DetailPath("e_receipt")],
        lastingDetails: ["location", "register", "receipt", "business_day", "cashier", "tenders", "change"])

    private let location: String

    public init(settings: ChannelSettings) {
        location = settings["location"]
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        let tenders = try check(details, in: draft.currency)
        if draft.ext == nil, let register = try details.text("register"), let receipt = try details.text("receipt") {
            draft.ext = "\(register):\(receipt)"
        }
        let additions = try additions(to: details, soldAt: draft.placedAt ?? occasion.at, in: occasion.shop.timeZone)
        if !additions.isEmpty { draft.details = details.setting(additions) }

        try begin(&draft, in: "paid")
        if let received = tenders.receivedMinor {
            draft.paidMinor = draft.kind.signed(received)
        } else if draft.state == .completed {
            draft.isPaidInFull = true
        }
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        let tenders = try check(details, in: order.amounts.total.currency)
        let additions = try additions(to: details, soldAt: order.placedAt, in: occasion.shop.timeZone)
        if !additions.isEmpty { change.details = details.setting(additions) }

        if let received = tenders.receivedMinor {
            change.paidMinor = order.kind.signed(received)
        } else if change.state == .completed {
            change.isPaidInFull = true
        }
    }

    private func check(_ details: Details, in currency: Currency) throws -> Tenders {
        let items = try details.objects("tenders")
        let missing = details.missing("register", "receipt") + items.flatMap { $0.missing("kind", "amount") }
        guard missing.isEmpty else { throw ChannelRefusal.incomplete(missing) }
        for name in ["register", "receipt", "cashier", "location", "e_receipt"] { _ = try details.text(name) }
        if let day = try details.text("business_day") {
            _ = try details.instant("business_day", zone: .gmt)
            guard day.utf8.count == 10 else {
                throw ChannelRefusal.badDetail("business_day", "a day such as 2026-11-22 is needed here")
            }
        }
        return try Tenders(items, change: details.minorUnits("change", in: currency) ?? 0, in: currency)
    }

    /// What the details do not tell and the till's place and time do.
    private func additions(to details: Details, soldAt: Instant, in zone: TimeZone) throws -> [JSON.Member] {
        var members: [JSON.Member] = []
        if try details.text("business_day") == nil {
            members.append(JSON.Member(name: "business_day", value: .string(soldAt.day(in: zone))))
        }
        if !location.isEmpty, try details.text("location") == nil {
            members.append(JSON.Member(name: "location", value: .string(location)))
        }
        return members
    }
}
