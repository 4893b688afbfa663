import Registry
import Storage
import TestSupport
import XCTest

final class LimitedRowsTests: XCTestCase {
    private func book(customers: Int64? = nil, orders: Int64? = nil) throws -> Book {
        var policies = Policies()
        (policies.limits.customers, policies.limits.orders) = (customers, orders)
        return try Book(policies: policies)
    }

    func testNoMoreCustomersAreEnteredThanTheTenantMayHave() throws {
        let book = try book(customers: 2)
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        try book.create(name: "Bo")

        assertThrows(LimitError.customers(limit: 2)) { try book.create(name: "Cem") }
        assertThrows(LimitError.customers(limit: 2)) {
            try book.register(.sale(100, to: book.buyer(name: "Cem", email: "cem@example.org")))
        }

        try book.register(.sale(100, to: .customer(ann)))
        try book.register(.sale(100, to: book.buyer(name: "Ann", email: "ann@example.org")))
        XCTAssertEqual(try book.read { try $0.first("SELECT count(*) FROM customer") { $0.integer(0) } }, 2)
    }

    func testWhoIsGoneMakesRoom() throws {
        let book = try book(customers: 2)
        try book.create(name: "Test", isTest: true)
        try book.create(name: "Ann")
        assertThrows(LimitError.customers(limit: 2)) { try book.create(name: "Bo") }

        _ = try book.write { try TestPurge($0, book.occasion).run(expecting: 1) }

        try book.create(name: "Bo")
        assertThrows(LimitError.customers(limit: 2)) { try book.create(name: "Cem") }
    }

    func testNoMoreOrdersAreRegisteredThanTheTenantMayHaveButTheSameAgainIs() throws {
        let book = try book(orders: 2)
        let first = try OrderDraft.sale(100, ext: "A-1")
        try book.register(first)
        try book.register(try .sale(100).with { $0.isTest = true })

        assertThrows(LimitError.orders(limit: 2)) { try book.register(.sale(200)) }

        XCTAssertTrue(try book.register(first).isExisting)
        _ = try book.write { try TestPurge($0, book.occasion).run(expecting: 0) }
        try book.register(.sale(200))
        assertThrows(LimitError.orders(limit: 2)) { try book.register(.sale(300)) }
    }

    func testAnImportEndsWhereTheLimitIsAndStillCompletesWhoIsThere() throws {
        let book = try book(customers: 2)
        let rows = try ["ann", "bo", "cem"].enumerated().map { (number, name: String) in
            try book.row(number + 2, name: name, email: "\(name)@example.org")
        }

        assertThrows(LimitError.customers(limit: 2)) { try book.importing(rows) }

        XCTAssertEqual(try book.importing(Array(rows.prefix(2))).counts.created, 2)
        let again = try rows.prefix(2).map { row in
            var row = row
            row.fields = try book.fields(name: row.fields.name, email: row.fields.email?.spelling, phone: "030 123456")
            row.finish()
            return row
        }
        XCTAssertEqual(try book.importing(Array(again)).counts.created, 0)
    }

    func testInAnOlderFileWhatIsGoneAlreadyDoesNotCount() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/registry.sqlite"
            let book = try book(customers: 2)
            let older = RegistrySchema.migrations.filter {
                $0.name != "limits 1: how many customers and orders are gone"
            }
            XCTAssertEqual(older.count, RegistrySchema.migrations.count - 1)
            let enter: @Sendable (WriteTransaction, Occasion) throws -> Void = { transaction, occasion in
                var fields = CustomerFields()
                try fields.set(.name, to: "Ann", country: occasion.shop.country)
                _ = try CustomerWriter(transaction, occasion).create(fields, source: "staff", isTest: true)
            }
            let (unlimited, limited) = (try Book().occasion, book.occasion)
            try Database(path: path, migrations: older).write { transaction in
                try enter(transaction, unlimited)
                try enter(transaction, unlimited)
                _ = try TestPurge(transaction, unlimited).run(expecting: 2)
                try enter(transaction, unlimited)
            }

            let database = try Database(path: path, migrations: RegistrySchema.migrations)

            try database.write { try enter($0, limited) }
            assertThrows(LimitError.customers(limit: 2)) { try database.write { try enter($0, limited) } }
        }
    }
}
