import Storage
import StrictJSON
import TestSupport
import XCTest

@testable import Registry

final class CustomerEraserTests: XCTestCase {
    private func erase(_ customer: CustomerID, confirm number: Int64? = nil, in book: Book) throws -> ErasedCustomer {
        try book.write { transaction in
            try CustomerEraser(transaction, book.occasion) { _, details in
                .object((details.objectValue ?? []).filter { $0.name != "attendee" })
            }.erase(customer, confirm: number)
        }
    }

    private func sale(_ number: Int64, details: String = "{}", in book: Book) throws -> OrderDraft {
        var draft = try OrderDraft.sale(
            number,
            to: .described(
                BuyerDescription(
                    fields: book.fields(name: "Ann Öz", email: "ann@example.org", phone: "0171 2345678"), ext: "web-1",
                    snapshot: JSONFragment(
                        of: JSON(
                            parsing:
                                #"{"email":"ann@example.org","name":"Ann Öz","address":{"city":"Ulm","country":"DE"}}"#
                        )))))
        draft.details = JSONFragment(of: try JSON(parsing: details))
        return draft
    }

    func testAnErasedCustomersRecordIsEmptyAndTheBooksAreNot() throws {
        let book = try Book()
        let first = try book.register(
            sale(1, details: #"{"attendee":"x","seat":7,"greeting":"For ann öz!","pay":"card"}"#, in: book))
        let anna = try XCTUnwrap(first.match.customer)
        try book.update(anna) { fields in
            fields.birthday = "1984-02-29"
            fields.custom = [JSON.Member(name: "shoe", value: .string("41"))]
        }
        let before = try book.customer(anna)

        let erased = try erase(anna, in: book)

        XCTAssertEqual(erased, ErasedCustomer(id: anna, number: before.number, orders: 1, parked: 0, isPurged: false))
        let after = try book.customer(anna)
        XCTAssertEqual(after.fields, CustomerFields())
        XCTAssertEqual(after.status, .erased)
        XCTAssertEqual(after.totals, before.totals)
        XCTAssertEqual(after.orderCount, 1)
        XCTAssertEqual(after.joinedAt, before.joinedAt)
        let order = try book.order(first.order)
        XCTAssertEqual(order.buyer.text, #"{"country":"DE"}"#)
        XCTAssertEqual(order.details.text, #"{"seat":7,"greeting":null,"pay":"card"}"#)
        XCTAssertEqual(order.amounts, first.amounts)
        XCTAssertEqual(order.match.customer, anna)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testErasingAgainChangesNothing() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        _ = try erase(anna, in: book)
        let entries = try book.timeline().count

        XCTAssertEqual(try erase(anna, in: book).orders, 0)

        XCTAssertEqual(try book.timeline().count, entries)
    }

    func testTheNumberCanBeAskedForToBeSure() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        assertThrows(ErasureError.otherNumber(1)) { _ = try erase(anna, confirm: 2, in: book) }
        XCTAssertEqual(try book.customer(anna).fields.name, "Anna")
        XCTAssertEqual(try erase(anna, confirm: 1, in: book).number, 1)
    }

    func testWhoComesBackIsSomebodyNewWhoDidNotSubscribe() throws {
        let book = try Book()
        let first = try XCTUnwrap(book.register(sale(1, in: book)).match.customer)
        let yes = ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)
        try book.write { try ConsentWriter($0, book.occasion).record(yes, by: first, channel: nil) }
        _ = try erase(first, in: book)

        let again = try book.register(sale(2, in: book))

        XCTAssertEqual(again.match.reason, .created)
        let second = try XCTUnwrap(again.match.customer)
        XCTAssertNotEqual(second, first)
        XCTAssertEqual(Set(try book.customer(second).consent.map(\.status)), [.unsubscribed])
        XCTAssertEqual(try book.customer(first).consent.map(\.status), [.erased])
        let evidence = try book.read { try ConsentReader($0).evidence(of: first) }
        XCTAssertEqual(evidence.map(\.status), ["subscribed", "erased"])
    }

    func testAnOrderThatIsSentAgainBringsNobodyBack() throws {
        let book = try Book()
        var draft = try sale(1, in: book)
        draft.ext = "web-77"
        let first = try book.register(draft)
        let anna = try XCTUnwrap(first.match.customer)
        _ = try erase(anna, in: book)

        let again = try book.register(draft)

        XCTAssertTrue(again.isExisting)
        XCTAssertEqual(again.order, first.order)
        assertThrows(CustomerError.erased) {
            _ = try book.register(OrderDraft.sale(2, to: .customer(anna)))
        }
        assertThrows(CustomerError.erased) { try book.update(anna) { $0.name = "Anna" } }
    }

    func testARepeatedRequestIsToldNothingAndChangesNothing() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let request = Array("customer.create name=Anna".utf8)
        try book.write { transaction in
            try ReplayStore(transaction).remember(
                JSONWriter.object { writer in
                    writer.member("id", anna.rawValue)
                    writer.member("number", 1)
                    writer.member("name", "Anna")
                }, to: "k1", of: "staff", request: request, at: book.occasion.at)
            try ReplayStore(transaction).remember(
                JSONWriter.object { $0.member("customer", 2) }, to: "k2", of: "staff", request: request,
                at: book.occasion.at)
        }

        _ = try erase(anna, in: book)

        let answers = try ["k1", "k2"].map { key in
            try book.write { try ReplayStore($0).answer(to: key, of: "staff", request: request)?.text }
        }
        XCTAssertEqual(answers, [#"{"erased":true}"#, #"{"customer":2}"#])
    }

    func testATestCustomerGoesWithoutATrace() throws {
        let book = try Book()
        let probe = try book.create(name: "Probe", email: "probe@example.org", isTest: true)
        var draft = try OrderDraft.sale(1, to: .customer(probe))
        draft.isTest = true
        _ = try book.register(draft)
        let real = try book.register(OrderDraft.sale(2, to: book.buyer(name: "Bo", email: "bo@example.org")))
        try book.move(real.order, to: probe)

        let erased = try erase(probe, in: book)

        XCTAssertEqual(erased, ErasedCustomer(id: probe, number: 1, orders: 1, parked: 0, isPurged: true))
        assertThrows(CustomerError.notFound) { _ = try book.customer(probe) }
        let left = try book.order(real.order)
        XCTAssertNil(left.match.customer)
        XCTAssertEqual(left.buyer.text, "{}")
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
        let again = try book.create(name: "Real", email: "probe@example.org")
        XCTAssertEqual(try book.customer(again).consent, [])
    }

    func testWhoWasMergedAwayGoesWithTheSurvivor() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        let other = try book.create(name: "Anna Öz", email: "oez@example.org")
        try book.write { transaction in
            _ = try CustomerMerger(transaction, book.occasion).merge(CustomerMerge(into: anna, from: other))
        }

        _ = try erase(anna, in: book)

        let stub = try book.read { try CustomerReader($0).record(other) }
        XCTAssertEqual(stub.fields, CustomerFields())
        XCTAssertEqual(stub.status, .erased)
        for email in ["anna@example.org", "oez@example.org"] {
            let again = try book.create(name: "New", email: email)
            XCTAssertEqual(try book.customer(again).consent.first?.status, .unsubscribed, email)
        }
    }
}
