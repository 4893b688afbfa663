import Foundation
import Hosting
import Registry
import Storage
import TestSupport
import XCTest

/// Tenants from before: after they were opened, the files of all lie alike, so that they share connections with new ones.
final class OldTenantTests: XCTestCase {
    func testATenantOfAnyEarlierVersionComesToLieAsANewOne() throws {
        try Street.run { street in
            let new = try street.create("new")
            XCTAssertEqual(street.customers(of: new), [])
            let schema = try street.schema(of: "new")
            XCTAssertGreaterThan(schema.count, 100)

            for count in stride(from: 1, to: RegistrySchema.migrations.count, by: 6) {
                let tenant = try street.create("from-\(count)")
                try FileManager.default.removeItem(atPath: street.registry(of: "from-\(count)"))
                let old = Array(RegistrySchema.migrations.prefix(count))
                try Database(path: street.registry(of: "from-\(count)"), migrations: old).close()

                XCTAssertEqual(street.customers(of: tenant), [])

                XCTAssertEqual(try street.schema(of: "from-\(count)"), schema, "\(count) migrations")
            }
        }
    }

    func testCustomersStayWhenATenantsFileIsLaidOutAnew() throws {
        try withTemporaryDirectory { folder in
            let names = try Street.opening(folder) { street in
                let tenant = try street.create("acme")
                let answers = Answers()
                for number in 0..<30 { street.enter("ann\(number)", in: tenant, answers) }
                _ = answers.all()
                return street.customers(of: tenant)
            }
            XCTAssertEqual(names.count, 30)
            let path = "\(folder)/acme/registry.sqlite"
            let database = try Database(path: path, migrations: RegistrySchema.migrations)
            try database.write { transaction in
                try transaction.define(
                    """
                    DROP INDEX timeline_by_customer;
                    CREATE INDEX timeline_by_customer ON timeline (customer_id, seq) WHERE customer_id IS NOT NULL;
                    """)
            }
            try database.close()

            let (found, schemas) = try Street.opening(folder) { street in
                let found = street.customers(of: try street.host.tenant(Street.name("acme")))
                XCTAssertEqual(street.customers(of: try street.create("new")), [])
                return (found, try ["acme", "new"].map(street.schema))
            }

            XCTAssertEqual(found, names)
            XCTAssertEqual(schemas[0], schemas[1])
            XCTAssertEqual(try Database.look(at: path) { try $0.integrityProblems() }, [])
        }
    }
}

extension Street {
    /// Runs a body with a host in a folder, and answers what it answers.
    fileprivate static func opening<Result>(_ folder: String, _ body: (Street) throws -> Result) throws -> Result {
        var result: Result?
        try inFolder(folder) { result = try body($0) }
        return try XCTUnwrap(result)
    }

    /// The number of a tenant's schema, and where all it has begins.
    fileprivate func schema(of tenant: String) throws -> [String] {
        try Database.look(at: registry(of: tenant)) { transaction in
            try transaction.all(
                """
                SELECT '' || schema_version FROM pragma_schema_version
                UNION ALL SELECT type || name || tbl_name || rootpage || coalesce(sql, '') FROM sqlite_schema
                """
            ) { $0.text(0) }
        }
    }
}
