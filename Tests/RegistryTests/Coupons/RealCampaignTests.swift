import Foundation
import Registry
import TestSupport
import XCTest

/// The campaigns of a grocer: whom they addressed, when they held, and what was redeemed.
final class RealCampaignTests: XCTestCase {
    private struct Campaign: Decodable {
        let campaign: String
        let valid_from: String
        let valid_to: String
    }

    private struct Addressee: Decodable {
        let campaign: String
        let customer_key: String
    }

    private struct Redemption: Decodable {
        let customer_key: String
        let coupon: String
        let campaign: String
        let redeemed_on: String

        /// The same coupon was printed for several campaigns.
        var code: String { "\(campaign)-\(coupon)" }
    }

    private struct Expected: Decodable {
        let redemptions: Int
        let within_validity: Int
        let addressed: Int
        let per_campaign: [String: Int]
    }

    private static func rows<Row: Decodable>(_ type: Row.Type, _ file: String) throws -> [Row] {
        try String(contentsOf: RealData.url("coupons/\(file)"), encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(type, from: Data($0.utf8))
        }
    }

    private static func day(_ text: String, plus days: Int64 = 0) throws -> Instant {
        Instant(seconds: try Instant(parsing: text, zone: .gmt).seconds + days * 86_400)
    }

    func testEveryRealRedemptionIsAcceptedAndNoneOutsideItsCampaign() throws {
        let campaigns = try Self.rows(Campaign.self, "campaigns.ndjson")
        let addressees = try Self.rows(Addressee.self, "addressed.ndjson")
        let redemptions = try Self.rows(Redemption.self, "redemptions.ndjson")
        let expected = try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: RealData.url("coupons/expected.json")))
        let book = try Book().under { $0.groupsAreExclusive = false }
        let customers = try enter(campaigns, addressees, redemptions, in: book)
        let days = Dictionary(uniqueKeysWithValues: campaigns.map { ($0.campaign, $0) })
        let stranger = try book.create(name: "Stranger")

        var accepted: [String: Int] = [:]
        var refused: [String: Int] = [:]
        for redemption in redemptions {
            let buyer = try XCTUnwrap(customers[redemption.customer_key])
            let campaign = try XCTUnwrap(days[redemption.campaign])
            let draft = try OrderDraft.sale(1_000).with { $0.coupon = redemption.code }
            func attempt(_ customer: CustomerID, at: Instant) -> String? {
                do {
                    _ = try book.register(
                        draft.with { ($0.buyer, $0.placedAt) = (.customer(customer), at) })
                    return nil
                } catch {
                    return (error as? CouponError)?.slug ?? "\(error)"
                }
            }
            for (customer, at) in [
                (buyer, try Self.day(campaign.valid_from, plus: -1)), (buyer, try Self.day(campaign.valid_to, plus: 1)),
                (stranger, try Self.day(redemption.redeemed_on)),
            ] {
                refused[attempt(customer, at: at) ?? "accepted", default: 0] += 1
            }
            if let slug = attempt(buyer, at: try Self.day(redemption.redeemed_on)) {
                XCTFail("\(redemption.code) of \(redemption.customer_key): \(slug)")
            } else {
                accepted[redemption.campaign, default: 0] += 1
            }
        }

        XCTAssertEqual(accepted, expected.per_campaign)
        XCTAssertEqual(accepted.values.reduce(0, +), expected.redemptions)
        XCTAssertEqual(
            refused,
            [
                "coupon-not-started": redemptions.count, "coupon-expired": redemptions.count,
                "coupon-group": redemptions.count,
            ])
        XCTAssertEqual(try book.mismatches(), [])
        print(
            "real campaigns: \(campaigns.count), redemptions accepted \(redemptions.count) of \(expected.redemptions);"
                + " refused outside validity or addressees \(refused.values.reduce(0, +)) of \(3 * redemptions.count)")
    }

    /// Enters customers, a group of those each campaign addressed, and its coupons; gives the customers by key.
    private func enter(
        _ campaigns: [Campaign], _ addressees: [Addressee], _ redemptions: [Redemption], in book: Book
    ) throws -> [String: CustomerID] {
        try book.write { transaction in
            let customers = CustomerWriter(transaction, book.occasion)
            let groups = GroupWriter(transaction, book.occasion)
            let coupons = CouponWriter(transaction, book.occasion)
            var ids: [String: CustomerID] = [:]
            for key in Set(addressees.map(\.customer_key) + redemptions.map(\.customer_key)).sorted() {
                ids[key] = try customers.create(try book.fields(name: "Household \(key)"), source: "staff")
            }
            for campaign in campaigns {
                let group = try groups.create("Campaign \(campaign.campaign)", isTaxExempt: false)
                for addressee in addressees where addressee.campaign == campaign.campaign {
                    if let id = ids[addressee.customer_key] { try groups.assign(id, to: group.id) }
                }
                for code in Set(redemptions.filter { $0.campaign == campaign.campaign }.map(\.code)).sorted() {
                    try coupons.create(
                        book.tenPercent(code) { terms in
                            terms.groups = [group.id]
                            terms.campaign = campaign.campaign
                            terms.startsAt = try Self.day(campaign.valid_from)
                            terms.endsAt = try Self.day(campaign.valid_to, plus: 1)
                        })
                }
            }
            return ids
        }
    }
}
