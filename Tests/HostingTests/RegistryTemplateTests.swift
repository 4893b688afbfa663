import ChannelKit
import Foundation
import Hosting
import Registry
import Storage
import TestSupport
import XCTest

/// What a new tenant's file holds.
final class RegistryTemplateTests: XCTestCase {
    func testEveryNewTenantHasTheSameBytesButForItsKeyAndAFileNobodyElseReads() throws {
        try Street.run { street in
            var other = Street.configuration
            (other.title, other.currency) = ("Other", "CHF")
            _ = try street.create("first")
            _ = try street.create("second", other)
            _ = try street.create("third")

            let files = try ["first", "second", "third"].map {
                try Data(contentsOf: URL(fileURLWithPath: street.registry(of: $0)))
            }

            XCTAssertGreaterThan(files[0].count, 100_000)
            let keys = try ["first", "second", "third"].map { name in
                try XCTUnwrap(
                    Database(path: street.registry(of: name), migrations: RegistrySchema.migrations)
                        .read { try $0.applied() }
                ).file
            }
            XCTAssertEqual(Set(keys).count, 3)
            for (file, key) in zip(files, keys) {
                var file = file
                let place = try XCTUnwrap(file.range(of: Data(key)))
                file.replaceSubrange(place, with: Data(keys[0]))
                XCTAssertEqual(file, files[0])
            }
            let folder = "\(street.folder)/second"
            XCTAssertEqual(
                try FileManager.default.contentsOfDirectory(atPath: folder).sorted(),
                ["registry.sqlite", "tenant.json"])
            let attributes = try FileManager.default.attributesOfItem(atPath: street.registry(of: "second"))
            XCTAssertEqual(attributes[.posixPermissions] as? Int, 0o600)
        }
    }

    func testANewFileHoldsTheSchemaAndNothingOfATenant() throws {
        try Street.run { street in
            _ = try street.create("first")
            _ = try street.create("second")
            let database = try Database(path: street.registry(of: "second"), migrations: RegistrySchema.migrations)

            // What is not empty of the tables with a page or more of their own, by the file's own count of cells.
            let filled = try database.read { transaction in
                try transaction.all(
                    """
                    SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN (
                        SELECT name FROM dbstat WHERE aggregate = TRUE AND ncell > 0)
                    ORDER BY name
                    """
                ) { $0.text(0) }
            }

            XCTAssertEqual(filled, ["applied", "gone", "migration", "search_progress", "sequence"])
            let numbers = try database.read { try $0.all("SELECT DISTINCT value FROM sequence") { $0.integer(0) } }
            XCTAssertEqual(numbers, [0])
        }
    }

    func testTenantsOfOneTemplateMakeKeysOfTheirOwn() throws {
        try Street.run { street in
            let keys = try ["first", "second"].map { name in
                _ = try street.create(name)
                let database = try Database(path: street.registry(of: name), migrations: RegistrySchema.migrations)
                return try database.write { transaction in
                    let occasion = Occasion(
                        shop: try street.host.tenant(Street.name(name)).profile.shop, at: street.host.now(),
                        actor: .system)
                    var fields = CustomerFields()
                    try fields.set(.email, to: "ann@example.org", country: occasion.shop.country)
                    let ann = try CustomerWriter(transaction, occasion).create(fields, source: "staff")
                    let objection = ConsentStatement(purpose: .newsletter, isGranted: false, wording: nil)
                    try ConsentWriter(transaction, occasion).record(objection, by: ann, origin: .staff, channel: nil)
                    return try transaction.reading.all("SELECT value FROM secret") { $0.bytes(0) }
                }
            }

            XCTAssertEqual(keys[0].count, 1)
            XCTAssertNotEqual(keys[0], keys[1])
        }
    }
}
