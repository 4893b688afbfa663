import Storage
import StrictJSON
import TestSupport
import XCTest

@testable import Registry

final class CustomerMergerTests: XCTestCase {
    func testTheSurvivorHasWhatHungOnBoth() throws {
        let book = try Book()
        let into = try book.create(name: "Ann Öz", email: "ann@example.org")
        let from = try book.create(name: "Ann", phone: "+4930123456")
        try book.register(.sale(1_000, to: .customer(into)))
        try book.register(.sale(2_500, channel: "pos", to: .customer(from)))
        try book.tag(into, "VIP")
        try book.tag(from, "vip")
        try book.tag(from, "New")
        _ = try book.write { try NoteWriter($0, book.occasion).add("likes tea", to: from) }

        let outcome = try book.merge(from, into: into)

        let survivor = try book.customer(into)
        XCTAssertEqual(outcome.customer, survivor)
        XCTAssertEqual(survivor.fields.fullName, "Ann Öz")
        XCTAssertEqual(survivor.fields.phoneKey, "+4930123456")
        XCTAssertEqual(survivor.orderCount, 2)
        XCTAssertEqual(survivor.totals.map(\.text), ["35.00"])
        XCTAssertEqual(survivor.channels, ["pos", "shop"])
        XCTAssertEqual(survivor.tags, ["New", "VIP"])
        XCTAssertEqual(
            outcome.conflicts,
            [.init(field: "name", into: .string("Ann Öz"), from: .string("Ann"), choice: .into)])
        XCTAssertEqual(outcome.moves.first { $0.part == "orders" }?.count, 1)
        XCTAssertEqual(outcome.moves.first { $0.part == "notes" }?.count, 1)
        XCTAssertEqual(try book.read { try NoteReader($0).notes(of: into, before: .max, limit: 9) }.count, 1)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testWhoWasMergedAwayLeadsToTheSurvivor() throws {
        let book = try Book()
        let into = try book.create(name: "Ann", email: "ann@example.org")
        let from = try book.create(name: "Ann", email: "ann@work.example", phone: "+4930123456")
        try book.register(.sale(100, to: try book.buyer(email: "ann@work.example", ext: "c7")))

        try book.merge(from, into: into)

        XCTAssertEqual(try book.ids(email: "Ann@Work.example"), [into])
        XCTAssertEqual(try book.read { try CustomerReader($0).customers(phoneKey: "+4930123456") }, [into])
        XCTAssertEqual(try book.read { try CustomerReader($0).customer(channel: "shop", ext: "c7") }, into)
        XCTAssertEqual(try book.read { try CustomerReader($0).customer(number: 2) }, into)
        XCTAssertEqual(try book.read { try CustomerReader($0).record(from).mergedInto }, into)
        assertThrows(CustomerError.merged(into: into)) { try book.customer(from) }
        assertThrows(CustomerError.emailTaken(by: into)) { try book.create(email: "ann@work.example") }
        XCTAssertEqual(try book.register(.sale(100, to: .customer(from))).match.customer, into)
        XCTAssertEqual(
            try book.register(.sale(100, to: try book.buyer(email: "ann@work.example"))).match,
            Match(customer: into, reason: .email))
        for sort in CustomerQuery.Sort.allCases {
            var query = CustomerQuery()
            query.sort = sort
            let asked = query
            let page = try book.read { try CustomerList($0, book.occasion.shop).page(asked, after: nil, limit: 9) }
            XCTAssertEqual(page.customers.map(\.id), [into], "\(sort)")
        }
    }

    func testAPreviewChangesNothing() throws {
        let book = try Book()
        let into = try book.create(name: "Ann", email: "ann@example.org")
        let from = try book.create(name: "Bo", email: "bo@example.org")
        try book.register(.sale(100, to: .customer(from)))
        let before = try BookDump(book)
        let entries = try book.timeline()

        let outcome = try book.preview(from, into: into, ["name": .from])

        XCTAssertEqual(outcome.customer.fields.name, "Bo")
        XCTAssertEqual(outcome.customer.orderCount, 1)
        XCTAssertEqual(outcome.conflicts.map(\.field), ["name", "email"])
        XCTAssertEqual(try BookDump(book), before)
        XCTAssertEqual(try book.timeline(), entries)
    }

    func testWhereTheTwoDifferTheChosenWordCounts() throws {
        let book = try Book()
        let into = try book.create(name: "Ann", email: "ann@example.org", company: "Acme")
        let from = try book.create(name: "Anna", email: "anna@example.org", company: "Apex")

        try book.merge(from, into: into, ["email": .from, "company": .into])

        let survivor = try book.customer(into)
        XCTAssertEqual(survivor.fields.email?.spelling, "anna@example.org")
        XCTAssertEqual(survivor.fields.company, "Acme")
        XCTAssertEqual(try book.ids(email: "ann@example.org"), [into])
        let other = try book.create(name: "Bo", email: "bo@example.org")
        assertThrows(MergeError.unknownChoice("phone")) { try book.merge(other, into: into, ["phone": .from]) }
    }

    func testSomeCustomersDoNotMerge() throws {
        let book = try Book()
        let (ann, bo) = (try book.create(name: "Ann"), try book.create(name: "Bo"))
        let test = try book.create(name: "Test", isTest: true)
        let reasons = DenialReasons(inner: "fraud", outer: nil)
        try book.write { try CustomerWriter($0, book.occasion).deny(bo, reasons) }

        assertThrows(MergeError.sameCustomer) { try book.merge(ann, into: ann) }
        assertThrows(MergeError.blocked([.denied])) { try book.merge(bo, into: ann) }
        assertThrows(MergeError.blocked([.test])) { try book.merge(test, into: ann) }
        XCTAssertEqual(try book.preview(bo, into: ann).blockers, [.denied])
        assertThrows(CustomerError.notFound) { try book.merge(CustomerID(rawValue: 99), into: ann) }
        try book.merge(bo, into: ann, isForced: true)
        XCTAssertEqual(try book.customer(ann).status, .denied)
        XCTAssertEqual(try book.customer(ann).denyReason, "fraud")
        assertThrows(CustomerError.merged(into: ann)) { try book.merge(bo, into: ann) }
    }

    func testTwoAccountsDoNotMerge() throws {
        let book = try Book()
        let fields = try book.fields(name: "Ann")
        let ids = try book.write { transaction in
            try (0..<2).map { _ in
                try CustomerWriter(transaction, book.occasion).create(fields, source: "staff", account: .active)
            }
        }

        assertThrows(MergeError.blocked([.accounts])) { try book.merge(ids[0], into: ids[1]) }
    }

    func testTheStrictestConsentWins() throws {
        let book = try Book()
        let (yes, no) = (try book.create(name: "Ann", email: "a@example.org"), try book.create(name: "Ann"))
        let silent = try book.create(name: "Ann", phone: "+4930123456")
        try book.say(true, by: yes)
        try book.say(false, by: no)

        try book.merge(silent, into: yes)
        XCTAssertEqual(try book.newsletter(yes), .subscribed)
        try book.merge(no, into: yes)

        XCTAssertEqual(try book.newsletter(yes), .unsubscribed)
        XCTAssertEqual(try book.newsletter(no), nil)
        XCTAssertEqual(
            try book.read { try ConsentReader($0).evidence(of: yes).map(\.status) },
            ["subscribed", "unsubscribed", "unsubscribed"])
        try book.unmerge(no)
        XCTAssertEqual(try book.newsletter(yes), .unsubscribed)
        XCTAssertEqual(try book.newsletter(no), .unsubscribed)
    }

    func testAYesForAnotherAddressIsNoYesForTheOneThatIsKept() throws {
        let book = try Book()
        let into = try book.create(name: "Ann", email: "ann@example.org")
        let from = try book.create(name: "Ann", email: "ann@work.example")
        try book.say(true, by: from)

        try book.merge(from, into: into)

        XCTAssertEqual(try book.newsletter(into), nil)
    }

    func testUsesOfACouponAddUp() throws {
        let book = try Book()
        let (ann, bo) = (try book.create(name: "Ann"), try book.create(name: "Bo"))
        var terms = CouponTerms(
            code: "TWICE", benefit: .percent(try Percentage(parsing: "10")), currency: try Currency("EUR"))
        terms.perCustomer = 2
        try book.make(terms)
        var own = terms
        own.code = "OWN"
        own.customer = bo
        try book.make(own)
        for customer in [ann, bo] {
            try book.register(try .sale(1_000, to: .customer(customer)).with { $0.coupon = "TWICE" })
        }

        try book.merge(bo, into: ann)

        assertThrows(CouponError.customerLimit(code: "TWICE", limit: 2)) {
            try book.register(try .sale(1_000, to: .customer(ann)).with { $0.coupon = "TWICE" })
        }
        XCTAssertEqual(try book.coupon("OWN").terms.customer, ann)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testTheTimelineOfBothTellsOfIt() throws {
        let book = try Book()
        let (into, from) = (try book.create(name: "Ann"), try book.create(name: "Bo"))

        try book.merge(from, into: into)
        let merged = try book.read { try TimelineReader($0).entries(of: into, before: .max, limit: 9) }
        try book.unmerge(from)

        XCTAssertEqual(
            merged.map(\.topic), ["customer.merged", "customer.merged", "customer.created", "customer.created"])
        for customer in [into, from] {
            XCTAssertEqual(
                try book.read { try TimelineReader($0).entries(of: customer, before: .max, limit: 9) }.map(\.topic),
                ["customer.unmerged", "customer.merged", "customer.created"])
        }
    }
}
