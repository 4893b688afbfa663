import Hosting
import Registry
import Storage
import TestSupport
import XCTest

final class TenantWaitingTests: XCTestCase {
    func testAChangeIsThereWhenTheCallReturns() throws {
        try Street.run { street in
            let tenant = try street.create("acme")

            let number = try tenant.writeAndWait { transaction in
                try transaction.execute("UPDATE sequence SET value = 7 WHERE name = 'customer'")
                return 7
            }

            XCTAssertEqual(number, 7)
            XCTAssertEqual(try Self.sequence(tenant), 7)
        }
    }

    func testARefusedChangeThrowsAndLeavesNothing() throws {
        try Street.run { street in
            let tenant = try street.create("acme")

            assertThrows(TagError.blank) {
                try tenant.writeAndWait { transaction in
                    try transaction.execute("UPDATE sequence SET value = 7 WHERE name = 'customer'")
                    throw TagError.blank
                }
            }

            XCTAssertEqual(try Self.sequence(tenant), 0)
        }
    }

    func testALongLookSeesOneSnapshotAndKeepsTheDatabaseOpen() throws {
        try Street.run(openLimit: OpenLimit(tenants: 1)) { street in
            let tenant = try street.create("acme")
            let other = try street.create("other")

            let seen = try tenant.readHere { transaction -> [Int64] in
                let before = try Self.value(transaction)
                try tenant.writeAndWait { try $0.execute("UPDATE sequence SET value = 9 WHERE name = 'customer'") }
                _ = try Self.sequence(other)
                return [before, try Self.value(transaction)]
            }

            XCTAssertEqual(seen, [0, 0])
            XCTAssertEqual(try Self.sequence(tenant), 9)
        }
    }

    private static func sequence(_ tenant: Tenant) throws -> Int64 {
        try tenant.readHere { try value($0) }
    }

    private static func value(_ transaction: ReadTransaction) throws -> Int64 {
        try transaction.first("SELECT value FROM sequence WHERE name = 'customer'") { $0.integer(0) } ?? -1
    }
}
