import Registry
import TestSupport
import XCTest

/// Random sequences of what can happen to orders, beside a model in memory.
final class OrderSequenceTests: XCTestCase {
    private struct Entry {
        var customer: CustomerID?
        var state: OrderState
        let kind: OrderKind
        let total: Money
        let placedAt: Instant
        let isTest: Bool
        let channel: String
        /// What the coupon took off; nil where none was redeemed.
        let discount: Int64?
        var rev: Int64 = 1
    }

    /// The registry as plain Swift knows it.
    private struct Model {
        var orders: [OrderID: Entry] = [:]
        var testCustomers: Set<CustomerID> = []

        func channels(_ customer: CustomerID) -> Set<String> {
            Set(orders.values.filter { $0.customer == customer }.map(\.channel))
        }

        func counted(_ customer: CustomerID, isTest: Bool) -> [Entry] {
            orders.values.filter {
                $0.customer == customer && $0.isTest == isTest && $0.state != .cancelled && $0.state != .expired
            }
        }

        func net(_ customer: CustomerID, isTest: Bool) -> [String: Int64] {
            var net: [String: Int64] = [:]
            for entry in counted(customer, isTest: isTest) where entry.state != .refunded {
                net[entry.total.currency.code, default: 0] += entry.total.minor
            }
            return net.filter { $0.value != 0 }
        }

        var redeemed: [Int64] {
            orders.values.filter { $0.state != .cancelled && $0.state != .expired }.compactMap(\.discount)
        }
    }

    private static let limit: Int64 = 9

    func testWhateverHappensTheTotalsAreThoseOfAModel() throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let book = try Book()
            let customers = try (0..<4).map { try book.create(name: "Customer \($0)", isTest: $0 == 3) }
            var ten = CouponTerms(
                code: "TEN", benefit: .percent(try Percentage(parsing: "10")), currency: try Currency("EUR"))
            ten.limit = Self.limit
            try book.make(ten)
            var model = Model(testCustomers: [customers[3]])

            for _ in 0..<70 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<6: try register(in: book, customers, &model, &random)
                case 6..<8: try close(in: book, &model, &random)
                default: try move(in: book, customers, &model, &random)
                }
                XCTAssertEqual(try book.mismatches(), [], "seed \(seed)")
            }

            try compare(book, customers, model, seed)
        }
    }

    private func register(
        in book: Book, _ customers: [CustomerID], _ model: inout Model, _ random: inout SeededGenerator
    ) throws {
        let code = ["EUR", "EUR", "JPY", "KWD"].randomElement(using: &random) ?? "EUR"
        let kind: OrderKind = Int.random(in: 0..<4, using: &random) == 0 ? .return : .order
        // A test order of somebody real counts nowhere; a real one makes a test customer real.
        let isTest = Int.random(in: 0..<4, using: &random) == 0
        let customer = Int.random(in: 0..<6, using: &random) == 0 ? nil : customers.randomElement(using: &random)
        var total: Int64 = 0
        var lines: [OrderLine] = []
        let currency = try Currency(code)
        for _ in 0...Int.random(in: 0..<3, using: &random) {
            let minor = Int64.random(in: 0..<5_000, using: &random)
            let quantity = Int64.random(in: 1..<4, using: &random)
            total += minor * quantity
            lines.append(try OrderLine(String(quantity), at: Money(minor: minor, currency: currency).text))
        }
        var draft = try OrderDraft.basket(lines, code, to: customer.map { .customer($0) } ?? .anonymous, kind: kind)
        draft.isTest = isTest
        draft.placedAt = Instant(seconds: Int64.random(in: 1..<1_000_000, using: &random))
        draft.channel = Int.random(in: 0..<8, using: &random) == 0 ? "pos" : "shop"
        draft.state = [OrderState.open, .confirmed, .completed, .refunded].randomElement(using: &random) ?? .open
        let usesCoupon = Int.random(in: 0..<3, using: &random) == 0
        if usesCoupon { draft.coupon = "TEN" }
        let used = Int64(model.redeemed.count)
        let asked = draft
        if usesCoupon, kind == .return {
            return assertThrows(CouponError.notOnReturns) { try book.register(asked) }
        }
        if usesCoupon, code != "EUR" {
            return assertThrows(CouponError.wrongCurrency(code: "TEN", currency: try Currency("EUR"))) {
                try book.register(asked)
            }
        }
        if usesCoupon, used >= Self.limit {
            return assertThrows(CouponError.exhausted(code: "TEN", limit: Self.limit, used: used)) {
                try book.register(asked)
            }
        }

        let registration = try book.register(asked)

        let discount = usesCoupon ? Self.tenth(of: total) : 0
        let expected = kind == .return ? -total : total - discount
        XCTAssertEqual(registration.amounts.total, Money(minor: expected, currency: currency))
        if let customer, !isTest { model.testCustomers.remove(customer) }
        model.orders[registration.order] = Entry(
            customer: customer, state: asked.state, kind: kind, total: registration.amounts.total,
            placedAt: asked.placedAt ?? Book.now, isTest: isTest, channel: asked.channel,
            discount: usesCoupon && !isTest ? discount : nil)
    }

    /// A tenth, rounded half-even.
    private static func tenth(of minor: Int64) -> Int64 {
        let (quotient, remainder) = minor.quotientAndRemainder(dividingBy: 10)
        if remainder == 5 { return quotient % 2 == 0 ? quotient : quotient + 1 }
        return remainder > 5 ? quotient + 1 : quotient
    }

    private func close(in book: Book, _ model: inout Model, _ random: inout SeededGenerator) throws {
        let ids = model.orders.keys.sorted { $0.rawValue < $1.rawValue }
        guard let id = ids.randomElement(using: &random), let entry = model.orders[id] else { return }
        let state = OrderState.allCases.randomElement(using: &random) ?? .cancelled
        if entry.state.isClosed, state != entry.state {
            return assertThrows(OrderError.closed(entry.state)) { try book.update(id, to: state) }
        }
        try book.update(id, to: state)
        model.orders[id]?.state = state
        model.orders[id]?.rev += 1
    }

    private func move(
        in book: Book, _ customers: [CustomerID], _ model: inout Model, _ random: inout SeededGenerator
    ) throws {
        let ids = model.orders.keys.sorted { $0.rawValue < $1.rawValue }
        guard let id = ids.randomElement(using: &random), let target = customers.randomElement(using: &random) else {
            return
        }
        try book.move(id, to: target)
        if model.orders[id]?.customer != target { model.orders[id]?.rev += 1 }
        model.orders[id]?.customer = target
    }

    private func compare(_ book: Book, _ customers: [CustomerID], _ model: Model, _ seed: UInt64) throws {
        for id in customers {
            let customer = try book.customer(id)
            let isTest = model.testCustomers.contains(id)
            let counted = model.counted(id, isTest: isTest).filter { $0.kind == .order }
            var net: [String: Int64] = [:]
            for money in customer.totals where money.minor != 0 { net[money.currency.code] = money.minor }

            XCTAssertEqual(customer.isTest, isTest, "seed \(seed)")
            XCTAssertEqual(Set(customer.channels), model.channels(id), "seed \(seed)")
            XCTAssertEqual(net, model.net(id, isTest: isTest), "seed \(seed)")
            XCTAssertEqual(customer.orderCount, Int64(counted.count), "seed \(seed)")
            XCTAssertEqual(customer.lastOrderAt, counted.map(\.placedAt).max(), "seed \(seed)")
        }
        XCTAssertEqual(try book.coupon("TEN").used, Int64(model.redeemed.count), "seed \(seed)")
        XCTAssertEqual(try book.coupon("TEN").spent.minor, model.redeemed.reduce(0, +), "seed \(seed)")
        for (id, entry) in model.orders {
            let order = try book.order(id)
            XCTAssertEqual(order.rev, entry.rev, "seed \(seed)")
            XCTAssertEqual(order.state, entry.state, "seed \(seed)")
            XCTAssertEqual(
                order.refunded.minor, entry.state == .refunded ? entry.total.minor : 0, "seed \(seed)")
        }
        let seqs = try book.timeline().map(\.seq)
        XCTAssertEqual(seqs, Array(1...Int64(seqs.count)), "seed \(seed)")
    }
}
