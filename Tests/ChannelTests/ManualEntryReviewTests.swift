import ChannelKit
import ManualEntry
import Storage
import XCTest

final class ManualEntryReviewTests: XCTestCase {
    func testABuyerWithTheNameOfACustomerIsWarnedOf() throws {
        XCTAssertEqual(
            try warnings(for: .described(try Sample.buyer(name: "ANN ÖZ"))),
            ["customer 1 has the same name", "customer 2 has the same name"])
    }

    func testALongerNameIsNoDuplicate() throws {
        XCTAssertEqual(try warnings(for: .described(try Sample.buyer(name: "Ann"))), [])
        XCTAssertEqual(try warnings(for: .described(try Sample.buyer(name: "Ann Ö"))), [])
    }

    func testATestOrderIsComparedWithTestCustomersOnly() throws {
        let buyer = Buyer.described(try Sample.buyer(name: "Ann Öz"))

        XCTAssertEqual(try warnings(for: buyer, isTest: true), ["customer 4 has the same name"])
    }

    func testABuyerWhoIsKnownByANumberIsNoDuplicate() throws {
        XCTAssertEqual(try warnings(for: .described(try Sample.buyer(name: "Ann Öz", phone: "030 2345678"))), [])
    }

    func testABuyerWithAnAddressANamelessOneAndNoneAreNotWarnedOf() throws {
        for buyer in [
            Buyer.described(try Sample.buyer(name: "Ann Öz", email: "new@example.org")),
            .described(try Sample.buyer(name: nil, phone: "030 9999999")), .anonymous,
            .customer(CustomerID(rawValue: 1)),
        ] {
            XCTAssertEqual(try warnings(for: buyer), [])
        }
    }

    /// What is warned of in a shop with two customers called Ann Öz, one Ann Özer, and a test customer Ann Öz.
    private func warnings(for buyer: Buyer, isTest: Bool = false) throws -> [String] {
        let database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        return try database.write { transaction in
            let occasion = try Sample.occasion()
            let manual = ManualEntry.descriptor
            try ChannelTableInstaller(transaction).install(manual.migrations, manual.tables, of: manual.id)
            let writer = CustomerWriter(transaction, occasion)
            for described in [
                try Sample.buyer(name: "Ann Öz", email: "ann@example.org"),
                try Sample.buyer(name: "ann öz", phone: "+49302345678"), try Sample.buyer(name: "Ann Özer"),
            ] {
                _ = try writer.create(described.fields, source: "staff")
            }
            _ = try writer.create(try Sample.buyer(name: "Ann Öz").fields, source: "staff", isTest: true)
            var draft = try Sample.draft(try Details(.object([])))
            draft.buyer = buyer
            draft.isTest = isTest
            let services = ChannelServices(transaction.reading, channel: "manual", occasion)
            return try ManualEntry.made().review(&draft, services)
        }
    }
}
