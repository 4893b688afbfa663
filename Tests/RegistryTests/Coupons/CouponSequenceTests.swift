import Registry
import TestSupport
import XCTest

/// Random sequences of what can happen to a coupon, beside a model in memory.
final class CouponSequenceTests: XCTestCase {
    private struct Held {
        let hold: CouponHold
        let minor: Int64
    }

    private struct Model {
        var live: [Held] = []
        var redeemed: [OrderID: Int64] = [:]
        var used: Int { redeemed.count }
        var spent: Int64 { redeemed.values.reduce(0, +) }
        var heldMinor: Int64 { live.reduce(0) { $0 + $1.minor } }
    }

    private static let limit = 4
    private static let budget: Int64 = 2_000

    func testWhateverHappensNoMoreIsUsedAndHeldThanMayBe() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let shop = try Book()
            try shop.make(
                shop.tenPercent { ($0.limit, $0.budget) = (Int64(Self.limit), shop.money(Self.budget)) })
            var model = Model()
            var time: Int64 = 0

            for _ in 0..<120 {
                time += Int64.random(in: 0..<40, using: &random)
                let book = shop.after(seconds: time)
                model.live.removeAll { $0.hold.expiresAt <= book.occasion.at }
                try step(book, &model, &random)

                let coupon = try book.present()
                XCTAssertEqual(try book.mismatches(), [], "seed \(seed)")
                XCTAssertEqual(coupon.used, Int64(model.used), "seed \(seed)")
                XCTAssertEqual(coupon.held, Int64(model.live.count), "seed \(seed)")
                XCTAssertEqual(coupon.spent.minor, model.spent, "seed \(seed)")
                XCTAssertEqual(coupon.heldMoney.minor, model.heldMinor, "seed \(seed)")
                XCTAssertLessThanOrEqual(model.used + model.live.count, Self.limit, "seed \(seed)")
                XCTAssertLessThanOrEqual(model.spent + model.heldMinor, Self.budget, "seed \(seed)")
            }
        }
    }

    private func step(_ book: Book, _ model: inout Model, _ random: inout SeededGenerator) throws {
        let minor = 10 * Int64.random(in: 1..<800, using: &random)
        let isFull = model.used + model.live.count >= Self.limit
        let left = Self.budget - model.spent - model.heldMinor
        let refusal: CouponError? =
            if isFull {
                .exhausted(
                    code: "TEN", limit: Int64(Self.limit), used: Int64(model.used), held: Int64(model.live.count))
            } else if minor / 10 > left {
                .budgetSpent(code: "TEN", left: book.money(left))
            } else {
                nil
            }
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<3:
            if let refusal { return assertThrows(refusal) { try book.hold("TEN", minor, seconds: 60) } }
            model.live.append(Held(hold: try book.hold("TEN", minor, seconds: 60), minor: minor / 10))
        case 3..<5:
            let draft = try OrderDraft.sale(minor).with { $0.coupon = "TEN" }
            if let refusal { return assertThrows(refusal) { try book.register(draft) } }
            model.redeemed[try book.register(draft).order] = minor / 10
        case 5..<7:
            guard let held = model.live.randomElement(using: &random) else { return }
            let draft = try OrderDraft.sale(minor).with { $0.hold = held.hold.id }
            if minor / 10 > left + held.minor {
                return assertThrows(CouponError.budgetSpent(code: "TEN", left: book.money(left + held.minor))) {
                    try book.register(draft)
                }
            }
            model.redeemed[try book.register(draft).order] = minor / 10
            model.live.removeAll { $0.hold.id == held.hold.id }
        case 7:
            guard let held = model.live.randomElement(using: &random) else { return }
            let order = try book.register(.sale(minor)).order
            try book.commit(held.hold, for: order)
            model.redeemed[order] = held.minor
            model.live.removeAll { $0.hold.id == held.hold.id }
        case 8:
            guard let held = model.live.randomElement(using: &random) else { return }
            try book.release(held.hold)
            model.live.removeAll { $0.hold.id == held.hold.id }
        default:
            let orders = model.redeemed.keys.sorted { $0.rawValue < $1.rawValue }
            guard let order = orders.randomElement(using: &random) else { return }
            try book.update(order, to: .cancelled)
            model.redeemed[order] = nil
        }
    }
}
