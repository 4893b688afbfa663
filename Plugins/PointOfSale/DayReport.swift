import ChannelKit

/// What a register took from its last close to a day, in the tenant's currency and any other.
struct DayReport {
    /// One currency's sums, in minor units.
    struct Sums {
        var sales: (count: Int64, minor: Int64) = (0, 0)
        /// Below 0.
        var returns: (count: Int64, minor: Int64) = (0, 0)
        /// Given back without goods; above 0.
        var refunds: (count: Int64, minor: Int64) = (0, 0)
        var discountMinor: Int64 = 0
        var taxMinor: Int64 = 0
        /// What came in, also for sales that are still open, less what returns gave back.
        var paidMinor: Int64 = 0
        /// What stays of each kind: what came in less what went back.
        var tenders: [String: Int64] = [:]
        var rates: [TaxShare] = []

    }

    let register: String
    /// The last day that is counted.
    let day: String
    private(set) var sums: [String: Sums] = [:]
    private(set) var voided: Int64 = 0
    private(set) var open: Int64 = 0
    private(set) var late: Int64 = 0
    private(set) var firstNumber: Int64?
    private(set) var lastNumber: Int64?
    private(set) var firstDay: String?

    /// Whether the register has sold anything that is not closed.
    var isEmpty: Bool { sums.isEmpty && voided == 0 && open == 0 }

    init(of register: String, until day: String, _ services: ChannelServices) throws {
        self.register = register
        self.day = day
        try countReceipts(services)
        try addSums(services)
        try addTenders(services)
        try addTaxes(services)
    }

    /// What lies in the drawer by the books, beside what lay in it when the day began.
    func cashMinor(in currency: Currency) -> Int64 {
        sums[currency.code]?.tenders[Tenders.cash] ?? 0
    }

    private mutating func countReceipts(_ services: ChannelServices) throws {
        let counts = try services.first(
            """
            SELECT sum(standing = 'voided'), sum(standing = 'open'), sum(is_late AND standing <> 'open'), min(number),
                max(number), min(business_day)
            FROM pos__receipt WHERE register = ? AND business_day <= ? AND closing IS NULL AND is_test = 0
            """, .text(register), .text(day)
        ) { row in
            (
                row.integer(0), row.integer(1), row.integer(2), row.integerOrNil(3), row.integerOrNil(4),
                row.textOrNil(5)
            )
        }
        if let counts { (voided, open, late, firstNumber, lastNumber, firstDay) = counts }
    }

    private mutating func addSums(_ services: ChannelServices) throws {
        let rows = try services.all(
            """
            SELECT currency, is_return, count(*), sum(total_minor), sum(discount_minor), sum(tax_minor),
                sum(paid_minor - (
                    SELECT coalesce(sum(t.minor), 0) FROM pos__tender t WHERE t.order_id = pos__receipt.order_id))
            FROM pos__receipt
            WHERE register = ? AND business_day <= ? AND closing IS NULL AND is_test = 0 AND standing = 'counted'
            GROUP BY currency, is_return
            """, .text(register), .text(day)
        ) { row in
            (
                currency: row.text(0), isReturn: row.flag(1), sum: (count: row.integer(2), minor: row.integer(3)),
                discount: row.integer(4), tax: row.integer(5), paid: row.integer(6)
            )
        }
        for row in rows {
            var sums = sums[row.currency] ?? Sums()
            if row.isReturn { sums.returns = row.sum } else { sums.sales = row.sum }
            sums.discountMinor += row.discount
            sums.taxMinor += row.tax
            sums.paidMinor += row.paid
            self.sums[row.currency] = sums
        }
        let refunds = try services.all(
            """
            SELECT currency, count(*), sum(minor) FROM pos__refund
            WHERE register = ? AND business_day <= ? AND closing IS NULL AND is_test = 0 GROUP BY currency
            """, .text(register), .text(day)
        ) { (currency: $0.text(0), sum: (count: $0.integer(1), minor: $0.integer(2))) }
        for row in refunds { sums[row.currency, default: Sums()].refunds = row.sum }
    }

    /// Money is in the drawer from the day on which it came, whether its sale is paid by then or not.
    private mutating func addTenders(_ services: ChannelServices) throws {
        let rows = try services.all(
            """
            SELECT r.currency, t.kind, sum(t.minor)
            FROM pos__receipt r JOIN pos__tender t ON t.order_id = r.order_id
            WHERE r.register = ? AND r.closing IS NULL AND r.is_test = 0 AND t.business_day <= ?
                AND t.closing IS NULL
            GROUP BY r.currency, t.kind ORDER BY t.kind
            """, .text(register), .text(day)
        ) { (currency: $0.text(0), kind: $0.text(1), minor: $0.integer(2)) }
        for row in rows {
            sums[row.currency, default: Sums()].tenders[row.kind] = row.minor
            sums[row.currency, default: Sums()].paidMinor += row.minor
        }
        let back = try services.all(
            """
            SELECT r.currency, t.kind, sum(t.minor)
            FROM pos__refund r JOIN pos__refund_tender t ON t.refund_id = r.id
            WHERE r.register = ? AND r.business_day <= ? AND r.closing IS NULL AND r.is_test = 0
            GROUP BY r.currency, t.kind ORDER BY t.kind
            """, .text(register), .text(day)
        ) { (currency: $0.text(0), kind: $0.text(1), minor: $0.integer(2)) }
        for row in back { sums[row.currency, default: Sums()].tenders[row.kind, default: 0] -= row.minor }
    }

    private mutating func addTaxes(_ services: ChannelServices) throws {
        let rows = try services.all(
            """
            SELECT r.currency, x.rate_millionths, sum(x.gross_minor), sum(x.tax_minor)
            FROM pos__receipt r JOIN pos__tax x ON x.order_id = r.order_id
            WHERE r.register = ? AND r.business_day <= ? AND r.closing IS NULL AND r.is_test = 0
                AND r.standing = 'counted'
            GROUP BY r.currency, x.rate_millionths ORDER BY x.rate_millionths
            """, .text(register), .text(day)
        ) { row in
            (
                currency: row.text(0),
                share: TaxShare(
                    rate: try Percentage(millionths: row.integer(1)), grossMinor: row.integer(2),
                    taxMinor: row.integer(3))
            )
        }
        for row in rows { sums[row.currency, default: Sums()].rates.append(row.share) }
    }
}
