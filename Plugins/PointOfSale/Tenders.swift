import ChannelKit

/// How a sale is paid: any number of tenders, less the change.
struct Tenders: Equatable {
    /// What stays in the till, in minor units; nil when no tender is told.
    let receivedMinor: Int64?
    /// The change that was told, in minor units.
    let changeMinor: Int64
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
        changeMinor = change
        self.byKind = byKind
    }

    /// A kind and how much of it, in minor units.
    typealias Part = (kind: String, minor: Int64)

    /// By what an order is paid so far, by the name of the kind; below 0 for a return.
    static func taken(for order: OrderID, _ services: ChannelServices) throws -> [Part] {
        try services.all(
            """
            SELECT kind, sum(minor) FROM pos__tender WHERE order_id = ?
            GROUP BY kind HAVING sum(minor) <> 0 ORDER BY kind
            """, .integer(order.rawValue)
        ) { ($0.text(0), $0.integer(1)) }
    }

    /// An amount in proportion to some parts, and never more of one than there is.
    static func shares(of minor: Int64, among parts: [Part]) -> [Part] {
        let whole = parts.reduce(0) { $0 + $1.minor }
        guard minor > 0, whole > 0 else { return [] }
        let given = min(minor, whole)
        var (sum, shared): (Int64, Int64) = (0, 0)
        return parts.map { part in
            sum += part.minor
            // Rounded over all parts so far: the shares add up to the whole.
            let upToHere = Int64(Int128(given) * Int128(sum) / Int128(whole))
            defer { shared = upToHere }
            return (part.kind, upToHere - shared)
        }
    }

    /// How tenders stand against what is to be paid.
    enum Standing: Equatable {
        case exact
        /// More was given than is paid; all the change there is, told or not.
        case above(change: Money)
        case below
    }

    /// Holds the tenders against what an order comes to.
    ///
    /// - Throws: ``ChannelRefusal``, with slug `tenders-differ` for a return: what is given back is known.
    func standing(against total: Money, _ kind: OrderKind) throws -> Standing {
        let due = kind.signed(total.minor)
        guard let receivedMinor, receivedMinor != due else { return .exact }
        guard kind == .order else {
            let (tendered, back) = (
                Money(minor: receivedMinor, currency: total.currency), Money(minor: due, currency: total.currency)
            )
            throw ChannelRefusal(
                "tenders-differ", "the tenders come to \(tendered.text), and \(back.text) is given back",
                details: [
                    JSON.Member(name: "tendered", value: .string(tendered.text)),
                    JSON.Member(name: "given_back", value: .string(back.text)),
                ])
        }
        guard receivedMinor > due else { return .below }
        return .above(change: Money(minor: changeMinor + receivedMinor - due, currency: total.currency))
    }
}
