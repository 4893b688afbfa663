import ControlClient
import Foundation
import Registry
import StrictJSON
import TestSupport
import XCTest

/// A grocer's campaigns with the baskets in which their coupons were redeemed, at the till and in the web shop.
final class RealCampaignOrderTests: XCTestCase {
    func testEveryRealRedemptionIsAcceptedWithItsBasketAndNoneOutsideItsCampaign() throws {
        let campaigns = try Self.rows("coupons/campaigns.ndjson")
        let addressees = try Self.rows("coupons/addressed.ndjson")
        let redemptions = try Redemption.all(Self.rows("coupons/redemptions.ndjson"), campaigns, Self.baskets())
        let expected = try JSON(parsing: String(contentsOf: RealData.url("coupons/expected.json"), encoding: .utf8))
        let settings = "currency=USD country=US time_zone=America/New_York account.invite=false groups.exclusive=false"
        try withShop(settings) { daemon, connection in
            let ids = try enter(campaigns, addressees, redemptions, connection)
            let stranger = try XCTUnwrap(connection.ok("customer.create name=Stranger").number("id"))

            let answers = try concurrently(4) { number in
                let own = try daemon.connect(to: "acme")
                let part = redemptions.indices.filter { ids[redemptions[$0].key, default: 0] % 4 == number }
                let lines = part.flatMap {
                    redemptions[$0].requests(of: ids[redemptions[$0].key, default: 0], stranger)
                }
                return try own.replies(to: lines).map { $0.error?.text ?? "OK" }
            }.flatMap(\.self)

            let counts = Dictionary(grouping: answers) { $0 }.mapValues(\.count)
            XCTAssertEqual(
                counts,
                [
                    "OK": redemptions.count, "409 coupon-not-started": redemptions.count,
                    "410 coupon-expired": redemptions.count, "409 coupon-group": redemptions.count,
                ])
            XCTAssertEqual(Int64(redemptions.count), expected.number("redemptions"))
            for campaign in campaigns {
                let name = campaign.text("campaign") ?? ""
                let used = try connection.allRows("coupon.list campaign=\(name) limit=1000").compactMap {
                    $0.number("used")
                }
                XCTAssertEqual(used.reduce(0, +), expected["per_campaign"]?.number(name) ?? 0, name)
            }
            XCTAssertEqual(try connection.ok("coupon.verify")["ok"]?.boolValue, true)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
            let withBasket = redemptions.filter(\.hasBasket).count
            print(
                "campaigns over the socket: \(redemptions.count) redemptions accepted, \(withBasket) with a known basket"
            )
        }
    }

    /// Enters customers, a group of those each campaign addressed, and its coupons; gives the customers by key.
    private func enter(
        _ campaigns: [JSON], _ addressees: [JSON], _ redemptions: [Redemption], _ connection: ControlConnection
    ) throws -> [String: Int64] {
        let keys = Set(addressees.compactMap { $0.text("customer_key") } + redemptions.map(\.key)).sorted()
        let made = try connection.replies(to: keys.map { #"customer.create name="Household \#($0)""# })
        let ids = Dictionary(uniqueKeysWithValues: zip(keys, made.map { $0.ok?.number("id") ?? 0 }))
        var lines: [String] = []
        for campaign in campaigns {
            let name = campaign.text("campaign") ?? ""
            lines.append("group.create campaign-\(name)")
            for code in Set(redemptions.filter { $0.campaign == name }.map(\.code)).sorted() {
                lines.append(
                    "coupon.create code=\(code) percent=10 groups=campaign-\(name) campaign=\(name)"
                        + " starts=\(campaign.text("valid_from") ?? "") ends=\(campaign.text("valid_to") ?? "")")
            }
        }
        for addressee in addressees {
            let id = ids[addressee.text("customer_key") ?? ""] ?? 0
            lines.append("group.assign customer=\(id) group=campaign-\(addressee.text("campaign") ?? "")")
        }
        for reply in try connection.replies(to: lines) { XCTAssertNil(reply.error) }
        return ids
    }

    /// The baskets of each customer and day.
    private static func baskets() throws -> [String: [JSON]] {
        let url = try RealData.url("orders/complete-journey-pos.ndjson.gz")
        return try withTemporaryDirectory { directory in
            let text = "\(directory)/baskets"
            let gzip = try ChildProcess(["gzip", "-dc", url.path], output: text)
            XCTAssertEqual(gzip.wait(), .exited(0))
            let baskets = try rows(of: URL(fileURLWithPath: text))
            return Dictionary(grouping: baskets) { basket in
                "\(basket.text("customer_key") ?? "") \((basket.text("placed_at_local") ?? "").prefix(10))"
            }
        }
    }

    private static func rows(_ path: String) throws -> [JSON] { try rows(of: RealData.url(path)) }

    private static func rows(of url: URL) throws -> [JSON] {
        try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { try JSON(parsing: String($0)) }
    }
}

/// A use of a coupon, with the basket it was used in as far as that is known.
private struct Redemption: Sendable {
    let key: String
    let campaign: String
    let code: String
    let hasBasket: Bool
    private let number: Int
    private let at: String
    private let total: String
    private let store: String
    private let validity: (from: String, to: String)

    static func all(_ rows: [JSON], _ campaigns: [JSON], _ baskets: [String: [JSON]]) -> [Redemption] {
        let validities = campaigns.map { campaign in
            (campaign.text("campaign") ?? "", (campaign.text("valid_from") ?? "", campaign.text("valid_to") ?? ""))
        }
        let byName = Dictionary(uniqueKeysWithValues: validities)
        var used: [String: Int] = [:]
        return rows.enumerated().map { number, row in
            let place = "\(row.text("customer_key") ?? "") \(row.text("redeemed_on") ?? "")"
            let all = baskets[place] ?? []
            defer { used[place, default: 0] += 1 }
            // Several coupons of a day are spread over the day's baskets.
            let basket = all.isEmpty ? nil : all[used[place, default: 0] % all.count]
            return Redemption(row, number, basket, byName[row.text("campaign") ?? ""] ?? ("", ""))
        }
    }

    private init(_ row: JSON, _ number: Int, _ basket: JSON?, _ validity: (String, String)) {
        key = row.text("customer_key") ?? ""
        campaign = row.text("campaign") ?? ""
        code = "\(campaign)-\(row.text("coupon") ?? "")"
        self.number = number
        hasBasket = basket != nil
        at = basket?.text("placed_at_local") ?? "\(row.text("redeemed_on") ?? "")T12:00"
        total = basket?.text("total") ?? "10.00"
        store = basket?.text("store") ?? "0"
        self.validity = validity
    }

    /// Before the campaign, after it, by somebody it did not address, and as it was.
    func requests(of customer: Int64, _ stranger: Int64) -> [String] {
        [
            request("early", customer, at: "\(day(before: validity.from))T23:59"),
            request("late", customer, at: "\(day(after: validity.to))T00:00"),
            request("stranger", stranger, at: at), request("real", customer, at: at),
        ]
    }

    private func request(_ kind: String, _ customer: Int64, at: String) -> String {
        let ext = "\(kind)-\(number)"
        let isTill = number.isMultiple(of: 2)
        let channel = isTill ? "pos" : "online-shop"
        let details = isTill ? #"{"register":"\#(store)","receipt":"\#(ext)"}"# : #"{"payment":{"state":"paid"}}"#
        return "order.register channel=\(channel) ext=\(ext) customer=\(customer) total=\(total) coupon=\(code)"
            + " placed_at=\(at) details=\(details)"
    }

    private func day(before text: String) -> String { Self.day(text, plus: -1) }

    private func day(after text: String) -> String { Self.day(text, plus: 1) }

    private static func day(_ text: String, plus days: Int64) -> String {
        // The data holds no other days than real ones.
        guard let day = try? Instant(parsing: text, zone: .gmt) else { return text }
        return String(Instant(seconds: day.seconds + days * 86_400).text.prefix(10))
    }
}
