import ChannelKit

/// How a sale is paid: any number of tenders, less the change.
struct Tenders: Equatable {
    /// What stays in the till, in minor units; nil when no tender is told.
    let receivedMinor: Int64?
    /// What stays of each kind, in minor units; change is given in cash.
    let byKind: [String: Int64]

    /// The kind that change is given in.
    static let cash = "cash"

    /// - Throws: ``ChannelRefusal``, with slug `change-exceeds-tenders` when more is given back than was taken.
    init(_ tenders: [Details], change: Int64, in currency: Currency) throws {
        var sum: Int64 = 0
        var byKind: [String: Int64] = [:]
        for tender in tenders {
            let kind = (try tender.text("kind") ?? "").lowercased()
            let amount = try tender.minorUnits("amount", in: currency) ?? 0
            let (next, isBeyond) = sum.addingReportingOverflow(amount)
            guard !isBeyond else { throw ChannelRefusal.badDetail(tender.path(of: "amount"), "number out of range") }
            sum = next
            byKind[kind, default: 0] += amount
        }
        guard change <= sum else {
            throw ChannelRefusal("change-exceeds-tenders", "more change is given back than was taken")
        }
        if change > 0 { byKind[Self.cash, default: 0] -= change }
        receivedMinor = tenders.isEmpty ? nil : sum - change
        self.byKind = byKind
    }
}
