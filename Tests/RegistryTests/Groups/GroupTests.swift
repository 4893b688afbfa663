import Registry
import TestSupport
import XCTest

final class GroupTests: XCTestCase {
    private func make(_ name: String, isTaxExempt: Bool = false, in book: Book) throws -> GroupID {
        try book.write { try GroupWriter($0, book.occasion).create(name, isTaxExempt: isTaxExempt) }.id
    }

    private func assign(_ customer: CustomerID, to group: GroupID, in book: Book) throws {
        try book.write { try GroupWriter($0, book.occasion).assign(customer, to: group) }
    }

    private func remove(_ customer: CustomerID, from group: GroupID, in book: Book) throws {
        try book.write { try GroupWriter($0, book.occasion).remove(customer, from: group) }
    }

    private func group(_ id: GroupID, in book: Book) throws -> CustomerGroup {
        try book.read { try GroupReader($0).group(id) }
    }

    func testAssigningMovesWhereGroupsAreExclusive() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let (retail, trade) = (try make("Retail", in: book), try make("Trade", in: book))

        try assign(anna, to: retail, in: book)
        try assign(anna, to: trade, in: book)
        try assign(anna, to: trade, in: book)

        XCTAssertEqual(try book.customer(anna).groups.map(\.name), ["Trade"])
        XCTAssertEqual(try book.customer(anna).rev, 3)
        XCTAssertEqual(try group(retail, in: book).customers, 0)
        XCTAssertEqual(try group(trade, in: book).customers, 1)
        let topics = try book.timeline().map(\.topic).filter { $0 == "group.assigned" || $0 == "group.removed" }
        XCTAssertEqual(topics, ["group.assigned", "group.removed", "group.assigned"])
    }

    func testACustomerIsInSeveralGroupsWhereTheyAreNotExclusive() throws {
        let book = try Book().under { $0.groupsAreExclusive = false }
        let anna = try book.create(name: "Anna")
        let (retail, trade) = (try make("Trade", in: book), try make("Retail", in: book))

        try assign(anna, to: retail, in: book)
        try assign(anna, to: trade, in: book)

        XCTAssertEqual(try book.customer(anna).groups.map(\.name), ["Retail", "Trade"])
        try assign(anna, to: trade, in: book.under { $0.groupsAreExclusive = true })
        XCTAssertEqual(try book.customer(anna).groups.map(\.name), ["Retail"])
    }

    func testDeletingAGroupLeavesItsMembers() throws {
        let book = try Book()
        let (anna, bert) = (try book.create(name: "Anna"), try book.create(name: "Bert"))
        let trade = try make("Trade", in: book)
        try assign(anna, to: trade, in: book)
        try assign(bert, to: trade, in: book)

        let deleted = try book.write { try GroupWriter($0, book.occasion).delete(trade) }

        XCTAssertEqual(deleted.customers, 2)
        XCTAssertEqual(try book.customer(anna).groups, [])
        XCTAssertEqual(try book.customer(bert).fields.fullName, "Bert")
        assertThrows(GroupError.notFound) { try group(trade, in: book) }
    }

    func testAMemberOfATaxExemptGroupIsTaxExempt() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let embassy = try make("Embassies", isTaxExempt: true, in: book)
        try assign(anna, to: embassy, in: book)

        XCTAssertTrue(try book.customer(anna).isTaxExempt)
        XCTAssertFalse(try book.customer(anna).fields.taxExempt)
        _ = try book.write { try GroupWriter($0, book.occasion).update(embassy, name: nil, isTaxExempt: false) }
        XCTAssertFalse(try book.customer(anna).isTaxExempt)
    }

    func testGroupsEqualAfterFoldingAreRefused() throws {
        let book = try Book()
        let trade = try make("Großhandel", in: book)
        let other = try make("Other", in: book)

        assertThrows(GroupError.exists(name: "Großhandel")) { try make("GROSSHANDEL", in: book) }
        assertThrows(GroupError.exists(name: "Großhandel")) {
            try book.write { try GroupWriter($0, book.occasion).update(other, name: "grosshandel", isTaxExempt: nil) }
        }
        let renamed = try book.write {
            try GroupWriter($0, book.occasion).update(trade, name: "GROSSHANDEL", isTaxExempt: nil)
        }

        XCTAssertEqual(renamed.name, "GROSSHANDEL")
        XCTAssertEqual(try book.read { try GroupReader($0).group(named: "großhandel") }, renamed)
        assertThrows(GroupError.blank) { try make(" ", in: book) }
    }

    func testWhoIsNotInAGroupCannotLeaveIt() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let trade = try make("Trade", in: book)

        assertThrows(GroupError.notMember) { try remove(anna, from: trade, in: book) }
        assertThrows(CustomerError.notFound) { try assign(CustomerID(rawValue: 9), to: trade, in: book) }
        assertThrows(CustomerError.notFound) { try remove(CustomerID(rawValue: 9), from: trade, in: book) }
        assertThrows(GroupError.notFound) { try assign(anna, to: GroupID(rawValue: 9), in: book) }
        try assign(anna, to: trade, in: book)
        try remove(anna, from: trade, in: book)

        XCTAssertEqual(try group(trade, in: book).customers, 0)
    }

    func testGroupsAreListedByNameAPageAtATime() throws {
        let book = try Book()
        for name in ["trade", "Ämter", "Retail"] { _ = try make(name, in: book) }

        let first = try book.read { try GroupReader($0).groups(after: "", limit: 2) }
        let second = try book.read { try GroupReader($0).groups(after: "retail", limit: 2) }

        XCTAssertEqual(first.map(\.name), ["Ämter", "Retail"])
        XCTAssertEqual(second.map(\.name), ["trade"])
    }
}
