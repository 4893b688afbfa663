import Registry
import StrictJSON
import TestSupport
import XCTest

/// The address book serves the orders.
final class OrderAddressTests: XCTestCase {
    private func written(_ text: String) throws -> AddressFields {
        try XCTUnwrap(AddressFields(written: JSON(parsing: text), country: nil))
    }

    private func addresses(of customer: CustomerID?, in book: Book) throws -> [Address] {
        let customer = try XCTUnwrap(customer)
        return try book.read { try AddressReader($0).addresses(of: customer) }
    }

    private func order(
        _ addresses: OrderAddress..., ext: String, buyer: Buyer, in book: Book
    ) throws -> Order {
        let draft = try OrderDraft.sale(100, ext: ext, to: buyer).with { $0.addresses = addresses }
        return try book.order(book.register(draft).order)
    }

    func testAnOrdersAddressIsEnteredOnceAndChangesNothing() throws {
        let book = try Book()
        let buyer = try book.buyer(name: "Anna", email: "anna@example.org")
        let first = try written(#"{"name":"Anna","street":"Weg 1","zip":"50667","city":"Köln"}"#)
        let same = try written(#"{"title":"Other","line1":"WEG 1","postcode":50667,"city":"Koln","phone":"1"}"#)

        let order = try order(OrderAddress(.contact, .written(first)), ext: "1", buyer: buyer, in: book)
        _ = try self.order(OrderAddress(.shipping, .written(same)), ext: "2", buyer: buyer, in: book)

        let kept = try addresses(of: order.match.customer, in: book)
        XCTAssertEqual(kept.map(\.fields.line1), ["Weg 1"])
        XCTAssertEqual(kept.map(\.fields.phone), [nil])
        XCTAssertEqual(kept.map(\.source), ["shop"])
        XCTAssertEqual(kept.map(\.rev), [1])
        XCTAssertEqual(try book.timeline().count { $0.topic == "address.added" }, 1)
    }

    func testAnIncompleteAddressStaysWithTheOrderAlone() throws {
        let book = try Book()
        let buyer = try book.buyer(name: "Anna", email: "anna@example.org")
        let incomplete = try written(#"{"line1":"Weg 1","city":"Austin","country":"US"}"#)

        let order = try order(OrderAddress(.contact, .written(incomplete)), ext: "1", buyer: buyer, in: book)

        XCTAssertEqual(try addresses(of: order.match.customer, in: book), [])
    }

    func testAnOrderCopiesAnAddressOfTheBook() throws {
        let book = try Book()
        let (anna, bert) = (try book.create(name: "Anna"), try book.create(name: "Bert"))
        let home = try written(#"{"line1":"Weg 1","postcode":"50667","city":"Köln"}"#)
        let address = try book.write { try AddressWriter($0, book.occasion).add(home, to: anna, source: "staff") }
            .address

        let order = try order(
            OrderAddress(.shipping, .book(address.id)), ext: "1", buyer: .customer(anna), in: book)
        _ = try book.write {
            try AddressWriter($0, book.occasion).update(address.id, ifRevision: nil) {
                try $0.set(.line1, to: "Ring 9")
            }
        }
        _ = try book.write { try AddressWriter($0, book.occasion).remove(address.id, ifRevision: nil) }

        XCTAssertEqual(
            try book.order(order.id).buyer.text,
            #"{"name":"Anna","shipping_address":{"title":"Köln","line1":"Weg 1","postcode":"50667","city":"Köln","country":"DE"}}"#
        )
        for buyer in [Buyer.customer(bert), .customer(anna), .anonymous] {
            assertThrows(AddressError.notFound) {
                try self.order(OrderAddress(.contact, .book(address.id)), ext: "2", buyer: buyer, in: book)
            }
        }
    }

    func testATestOrderLeavesTheBookOfARealCustomerAlone() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let home = try written(#"{"line1":"Weg 1","postcode":"50667","city":"Köln"}"#)
        let draft = try OrderDraft.sale(100, ext: "1", to: .customer(anna)).with {
            $0.addresses = [OrderAddress(.contact, .written(home))]
            $0.isTest = true
        }

        _ = try book.register(draft)

        XCTAssertEqual(try addresses(of: anna, in: book), [])
    }

    func testAFullBookAndATakenTitleStopNoOrder() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for number in 1...(AddressWriter.limit + 2) {
            let fields = try written(#"{"title":"Home","line1":"Weg \#(number)","postcode":"50667","city":"Köln"}"#)
            _ = try order(
                OrderAddress(.contact, .written(fields)), ext: "\(number)", buyer: .customer(anna), in: book)
        }

        let kept = try addresses(of: anna, in: book)
        XCTAssertEqual(kept.count, AddressWriter.limit)
        XCTAssertEqual(kept.prefix(3).map(\.fields.title), ["Home", "Köln", "Köln 2"])
    }

    func testAddressesOfWidespreadShopsAreUnderstood() throws {
        let shopify = try written(
            #"{"first_name":"Ann","last_name":"Öz","address1":"1 Main St","address2":null,"city":"Austin","province":"Texas","zip":"78701","country":"United States","country_code":"US"}"#
        )
        let commerce = try written(
            #"{"first_name":"Ann","last_name":"","company":"Acme","address_1":"Weg 1","address_2":"Hof","city":"Köln","state":"","postcode":"50667","country":"DE"}"#
        )

        XCTAssertEqual(shopify.name, "Ann Öz")
        XCTAssertEqual(shopify.region, "Texas")
        XCTAssertEqual(shopify.country?.code, "US")
        XCTAssertEqual(commerce.name, "Ann")
        XCTAssertEqual(commerce.line2, "Hof")
        XCTAssertEqual(commerce.missing, [])
        for text in [#""Weg 1""#, "[]", "7", #"{"country":"Atlantis","line1":"x"}"#] {
            XCTAssertNil(AddressFields(written: try JSON(parsing: text), country: nil), text)
        }
    }
}
