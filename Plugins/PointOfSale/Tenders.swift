import ChannelKit

/// How a sale is paid: any number of tenders, less the change.
struct Tenders {
    /// What stays in the till, in minor units; nil when no tender is told.
    let receivedMinor: Int64?

    /// - Throws: ``ChannelRefusal``, with slug `change-exceeds-tenders` when more is given back than was taken.
    init(_ tenders: [Details], change: Int64, in currency: Currency) throws {
        var sum: Int64 = 0
        for tender in tenders {
            _ = try tender.text("kind")
            let amount = try tender.minorUnits("amount", in: currency) ?? 0
            let (next, isBeyond) = sum.addingReportingOverflow(amount)
            guard !isBeyond else { throw ChannelRefusal.badDetail(tender.path(of: "amount"), "number out of range") }
            sum = next
        }
        guard change <= sum else {
            throw ChannelRefusal("change-exceeds-tenders", "more change is given back than was taken")
        }
        receivedMinor = tenders.isEmpty ? nil : sum - change
    }
}
