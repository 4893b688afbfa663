import Registry
import Storage
import TestSupport
import XCTest

final class CouponMigrationTests: XCTestCase {
    func testCouponsOfAnOlderFileKeepTheirTermsAndTheirLedger() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/registry.sqlite"
            let older = RegistrySchema.migrations.filter {
                !$0.name.hasPrefix("coupons 2") && !$0.name.hasPrefix("numbering 1")
            }
            XCTAssertEqual(older.count, RegistrySchema.migrations.count - 2)
            try Database(path: path, migrations: older).write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO coupon (code, code_key, percent_millionths, currency, use_limit, budget_minor, channels,
                        first_order, used, spent_minor, created_at)
                    VALUES ('Ten', 'TEN', 100000, 'EUR', 2, 500, 'pos', 0, 1, 100, 1)
                    """)
                try transaction.execute(
                    """
                    INSERT INTO customer_order (id, channel, ext, match, kind, state, placed_at, recorded_at, currency,
                        subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor, coupon, buyer, details,
                        is_test, content_digest, registered_seq)
                    VALUES (1, 'pos', 'a', 'none', 'order', 'open', 1, 1, 'EUR', 1000, 100, 0, 900, 0, 'Ten', '{}',
                        '{}', 0, x'00', 1)
                    """)
                try transaction.execute(
                    "INSERT INTO coupon_redemption (coupon_id, order_id, amount_minor, redeemed_at) VALUES (1, 1, 100, 1)"
                )
            }

            let database = try Database(path: path, migrations: RegistrySchema.migrations)

            let coupon = try database.read { try CouponReader($0).coupon("TEN") }
            XCTAssertEqual(coupon.terms.code, "Ten")
            XCTAssertEqual(coupon.terms.channels, ["pos"])
            XCTAssertEqual(coupon.terms.products, [])
            XCTAssertNil(coupon.terms.groups)
            XCTAssertNil(coupon.archivedAt)
            XCTAssertEqual([coupon.used, coupon.held, coupon.spent.minor], [1, 0, 100])
            XCTAssertEqual(try database.read { try CouponReader($0).mismatches() }, [])
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
        }
    }
}
