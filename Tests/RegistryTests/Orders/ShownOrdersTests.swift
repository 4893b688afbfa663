import Storage
import TestSupport
import XCTest

@testable import Registry

final class ShownOrdersTests: XCTestCase {
    func testGuestOrdersAreShownOnceTheAddressIsVerified() throws {
        let book = try Book()
        let guest = try book.register(.sale(100, to: try book.buyer(name: "Ann", email: "ann@example.org")))
        let ann = try XCTUnwrap(guest.match.customer)
        let own = try book.register(.sale(200, to: .customer(ann))).order
        let shown = {
            try book.read { try OrderReader($0).orders(shownTo: ann, after: nil, limit: 9) }.orders.map(\.id)
        }

        XCTAssertEqual(try shown(), [own])
        try book.write { try CustomerWriter($0, book.occasion).noteVerifiedEmail(of: ann) }
        XCTAssertEqual(try shown(), [own, guest.order])
        try book.update(ann) { $0.email = try EmailAddress(parsing: "new@example.org") }
        XCTAssertEqual(try shown(), [own])
        let other = try book.create(name: "Bo")
        let others = try book.read { try OrderReader($0).orders(shownTo: other, after: nil, limit: 9) }
        XCTAssertEqual(others.orders, [])
    }

    func testTheSumsOfACustomerAreCompared() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann")
        try book.register(.sale(100, to: .customer(ann)))
        try book.register(.sale(300, "USD", to: .customer(ann), state: .cancelled))
        let sums = { try book.read { try TotalsCheck($0).sums(of: ann) } }

        XCTAssertEqual(try sums().kept, try sums().counted)
        XCTAssertEqual(try sums().counted.totals.map(\.text), ["1.00"])
        try book.write { try $0.execute("UPDATE customer SET order_count = 7 WHERE id = ?", .integer(ann.rawValue)) }
        XCTAssertEqual(try sums().kept.orderCount, 7)
        XCTAssertEqual(try sums().counted.orderCount, 1)
    }
}
