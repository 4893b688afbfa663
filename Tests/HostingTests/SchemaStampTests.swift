import Hosting
import Registry
import Storage
import XCTest

/// The number in a file's header that spares an opening the look at what it has.
final class SchemaStampTests: XCTestCase {
    func testANewTenantHasTheStampOfItsHost() throws {
        try Street.run { street in
            _ = try street.create("first")
            _ = try street.create("second")

            let stamps = try ["first", "second"].map(street.stamp)

            XCTAssertNotEqual(stamps[0], 0)
            XCTAssertEqual(stamps[0], stamps[1])
        }
    }

    func testAFileWithAnotherStampIsBroughtUpToDateAndStamped() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let current = try street.stamp(of: "acme")
            try Database(path: street.registry(of: "acme"), migrations: RegistrySchema.migrations).write {
                try $0.setSchemaStamp(7)
            }

            XCTAssertEqual(street.customers(of: tenant), [])

            XCTAssertEqual(try street.stamp(of: "acme"), current)
        }
    }
}

extension Street {
    fileprivate func stamp(of tenant: String) throws -> Int32 {
        try Database(path: registry(of: tenant), migrations: RegistrySchema.migrations).read { try $0.schemaStamp() }
    }
}
