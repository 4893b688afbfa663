import Foundation
import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

@testable import patron_bench

final class RawOrderWriterTests: XCTestCase {
    private static let orders = 200
    private static let instant = Instant(seconds: 1_800_000_000)

    func testBothSidesLeaveTheSameRows() throws {
        try withTemporaryDirectory { directory in
            let (product, raw) = ("\(directory)/product.sqlite", "\(directory)/raw.sqlite")
            try fill(product)
            try fill(raw)

            try registerThroughTheProduct(product)
            try RawOrderWriter(path: raw).commit(Self.orders, at: Self.instant.seconds)

            // The digests of the orders are the product's own, and each file has a key of its own.
            let own: Set = ["content_digest", "file"]
            let expected = try TableDump(path: product) { !own.contains($0) }
            let actual = try TableDump(path: raw) { !own.contains($0) }
            XCTAssertEqual(actual.rows.keys.sorted(), expected.rows.keys.sorted())
            for (table, rows) in expected.rows {
                XCTAssertEqual(actual.rows[table]?.count, rows.count, table)
                let differing = zip(actual.rows[table] ?? [], rows).first { $0 != $1 }
                XCTAssertEqual(differing?.0, differing?.1, table)
            }
            XCTAssertEqual(expected.rows["customer_order"]?.count, Self.orders)
            XCTAssertEqual(expected.rows["customer"]?.count, OrderPlan.knownCustomers + 60)
            XCTAssertEqual(expected.rows["consent_evidence"]?.count, 50)
        }
    }

    private func fill(_ path: String) throws {
        let database = try Database(path: path, migrations: RegistrySchema.migrations)
        let occasion = try ShopTemplate.occasion(at: Self.instant)
        try database.write { transaction in try ShopTemplate.fill(transaction, occasion) }
    }

    private func registerThroughTheProduct(_ path: String) throws {
        let database = try Database(path: path, migrations: RegistrySchema.migrations)
        let occasion = try ShopTemplate.occasion(at: Self.instant)
        try database.write { transaction in
            for number in 0..<Self.orders {
                let draft = try PlannedDraft.draft(OrderPlan(number: number), occasion)
                _ = try OrderWriter(transaction, occasion).register(draft)
            }
        }
    }
}
