import ChannelKit
import Storage
import XCTest

/// What the core does for a channel inside an order's transaction.
final class ChannelServicesTests: XCTestCase {
    func testAChannelLearnsOfDenialConsentAndDiscount() throws {
        let database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        let occasion = try Sample.occasion()
        try database.write { transaction in
            let writer = CustomerWriter(transaction, occasion)
            var fields = CustomerFields()
            fields.name = "Ann"
            let ann = try writer.create(fields, source: "staff")
            let services = ChannelServices(transaction.reading, channel: "pos", occasion)
            XCTAssertFalse(try services.isDenied(ann))
            XCTAssertNil(try services.consent(of: ann, for: .newsletter))

            try writer.deny(ann, DenialReasons(inner: "unpaid", outer: nil))
            try ConsentWriter(transaction, occasion).record(
                ConsentStatement(purpose: .newsletter, isGranted: true, wording: "v1"), by: ann, channel: "pos")
            let euro = try Currency("EUR")
            try CouponWriter(transaction, occasion).create(
                CouponTerms(code: "TEN", benefit: .percent(try Percentage(parsing: "10")), currency: euro))

            XCTAssertTrue(try services.isDenied(ann))
            XCTAssertEqual(try services.consent(of: ann, for: .newsletter), .subscribed)
            let use = CouponUse(
                channel: "pos", customer: ann, subtotal: Money(minor: 2_000, currency: euro), lines: [],
                at: occasion.at, earlierOrders: 0)
            XCTAssertEqual(try services.discount(of: "ten", for: use), Money(minor: 200, currency: euro))
        }
    }
}
