import Registry
import Storage
import XCTest

final class TotalsCheckTests: XCTestCase {
    private func mismatches(afterPlanting plant: @Sendable (WriteTransaction) throws -> Void) throws -> [CustomerID] {
        let book = try Book()
        try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        _ = try book.register(.sale(100, to: .customer(bert)))
        XCTAssertEqual(try book.mismatches(), [])
        try book.write(plant)
        return try book.read { try TotalsCheck($0).mismatches() }
    }

    func testEveryPlantedDifferenceIsFound() throws {
        let anna = CustomerID(rawValue: 1)
        let bert = CustomerID(rawValue: 2)

        XCTAssertEqual(
            try mismatches { try $0.execute("UPDATE customer_total SET net_minor = 101 WHERE customer_id = 2") }, [bert]
        )
        XCTAssertEqual(
            try mismatches { try $0.execute("UPDATE customer_total SET net_minor = 1 WHERE customer_id = 1") }, [anna])
        XCTAssertEqual(try mismatches { try $0.execute("DELETE FROM customer_total WHERE customer_id = 2") }, [bert])
        XCTAssertEqual(
            try mismatches { try $0.execute("INSERT INTO customer_total VALUES (2, 'USD', 5)") }, [bert])
        XCTAssertEqual(
            try mismatches { try $0.execute("UPDATE customer SET order_count = 2 WHERE id = 2") }, [bert])
        XCTAssertEqual(
            try mismatches { try $0.execute("UPDATE customer SET last_order_at = last_order_at + 1 WHERE id = 2") },
            [bert])
        XCTAssertEqual(
            try mismatches { try $0.execute("UPDATE customer_order SET state = 'cancelled'") }, [bert])
        XCTAssertEqual(try mismatches { try $0.execute("UPDATE customer_order SET customer_id = 1") }, [anna, bert])
        XCTAssertEqual(try mismatches { try $0.execute("UPDATE customer SET is_test = 1 WHERE id = 2") }, [bert])
    }
}
