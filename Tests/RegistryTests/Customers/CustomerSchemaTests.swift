import Registry
import Storage
import XCTest

final class CustomerSchemaTests: XCTestCase {
    func testChecksOfNewCustomersAndOrdersBuildNoTables() throws {
        let book = try Book()

        let steps = try book.read { transaction in
            try transaction.all(
                """
                EXPLAIN INSERT INTO customer (id, number, rev, name_key, account, source, is_test, joined_at)
                VALUES (1, 1, 1, '', 'none', 'staff', 0, 0)
                """
            ) { $0.text(1) }
                + transaction.all(
                    """
                    EXPLAIN INSERT INTO customer_order (id, channel, ext, match, kind, state, placed_at, recorded_at,
                        currency, subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor, buyer, details,
                        is_test, content_digest, registered_seq)
                    VALUES (1, 'pos', 'A', 'none', 'order', 'open', 0, 0, 'EUR', 0, 0, 0, 0, 0, '{}', '{}', 0, x'', 1)
                    """
                ) { $0.text(1) }
        }

        XCTAssertTrue(steps.contains("HaltIfNull"))
        XCTAssertFalse(steps.contains("OpenEphemeral"))
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testUnknownStatesAreRefused() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann")

        XCTAssertThrowsError(
            try book.write {
                try $0.execute("UPDATE customer SET status = 'gone' WHERE id = ?", .integer(ann.rawValue))
            })
        XCTAssertThrowsError(
            try book.write { try $0.execute("UPDATE customer SET account = '' WHERE id = ?", .integer(ann.rawValue)) })
    }

    func testANumberThatIsNotTheIDFindsItsCustomer() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann")
        let bo = try book.create(name: "Bo")

        try book.write { try $0.execute("UPDATE customer SET number = 9 WHERE id = ?", .integer(bo.rawValue)) }

        XCTAssertEqual(try book.read { try CustomerReader($0).customer(number: 1) }, ann)
        XCTAssertEqual(try book.read { try CustomerReader($0).customer(number: 9) }, bo)
        XCTAssertNil(try book.read { try CustomerReader($0).customer(number: 2) })
        XCTAssertThrowsError(
            try book.write { try $0.execute("UPDATE customer SET number = 9 WHERE id = ?", .integer(ann.rawValue)) })
    }
}
