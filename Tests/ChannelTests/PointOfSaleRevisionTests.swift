import ChannelKit
import PointOfSale
import Storage
import XCTest

final class PointOfSaleRevisionTests: XCTestCase {
    private let least = #"{"receipt":"1","register":"7"}"#
    private let tendered = #"{"receipt":"1","register":"7","tenders":[{"kind":"cash","amount":"12"}]}"#

    func testTendersPay() throws {
        let change = try PointOfSale.made().revised(tendered)

        XCTAssertEqual(change.paidMinor, 1200)
        XCTAssertFalse(change.isPaidInFull)
        XCTAssertNil(change.state)
    }

    func testTendersAreInTheOrdersCurrencyAndGoBackWithAReturn() throws {
        let pos = try PointOfSale.made()

        XCTAssertEqual(try pos.revised(tendered, of: Sample.order { try $0.sell(in: "JPY") }).paidMinor, 12)
        XCTAssertEqual(try pos.revised(tendered, of: Sample.order { $0.kind = .return }).paidMinor, -1200)
    }

    func testATabThatIsPaidWithoutTendersIsPaidInFull() throws {
        let paid = try PointOfSale.made().revised(least) { ($0.state, $0.channelState) = (.completed, "paid") }
        let renamed = try PointOfSale.made().revised(least)

        XCTAssertTrue(paid.isPaidInFull)
        XCTAssertNil(paid.paidMinor)
        XCTAssertFalse(renamed.isPaidInFull)
    }

    func testTheBusinessDayAndTheLocationAreFoundAgain() throws {
        let order = try Sample.order { $0.placedAt = try Instant(parsing: "2026-07-01T22:00:00Z", zone: .gmt) }
        let change = try PointOfSale.made(["location": "Hafen"]).revised(least, of: order)

        XCTAssertEqual(
            change.details?.text, #"{"business_day":"2026-07-02","location":"Hafen","receipt":"1","register":"7"}"#)
    }

    func testTheSameSaleAgainAfterMidnightIsTheSameOrder() throws {
        let evening = try sale(at: "2026-07-01T21:59:00Z")
        let night = try sale(at: "2026-07-01T22:01:00Z")
        let database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)

        let registrations = try database.write { transaction in
            try [evening, night].map { try OrderWriter(transaction, $0.occasion).register($0.draft) }
        }

        XCTAssertNotEqual(evening.draft.details, night.draft.details)
        XCTAssertEqual(registrations.map(\.isExisting), [false, true])
        XCTAssertEqual(registrations[0].order, registrations[1].order)
    }

    /// A sale as the core takes it in at some time.
    private func sale(at text: String) throws -> (draft: OrderDraft, occasion: Occasion) {
        var occasion = try Sample.occasion()
        occasion.at = try Instant(parsing: text, zone: .gmt)
        let details = try Details(JSON(parsing: least))
        var draft = try Sample.draft(details)
        draft.noteSubmitted()
        try PointOfSale.made().translate(details, into: &draft, occasion)
        return (draft, occasion)
    }
}
