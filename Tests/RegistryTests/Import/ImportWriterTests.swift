import Registry
import StrictJSON
import TestSupport
import XCTest

final class ImportWriterTests: XCTestCase {
    func testNewPeopleAreEnteredWithTheTimeTheyJoined() throws {
        let book = try Book()
        let joined = Instant(seconds: 1_500_000_000)

        let outcome = try book.importing([
            book.row(name: "Ann", email: "Ann@Example.org") { $0.joinedAt = joined }, book.row(3, phone: "030 123456"),
        ])

        XCTAssertEqual(outcome.counts.created, 2)
        let ann = try book.customer(CustomerID(rawValue: 1))
        XCTAssertEqual(ann.fields.email?.spelling, "Ann@Example.org")
        XCTAssertEqual(ann.joinedAt, joined)
        XCTAssertEqual(ann.source, "import")
        XCTAssertEqual(try book.customer(CustomerID(rawValue: 2)).joinedAt, Book.now)
    }

    func testASecondImportOfTheSameRowsCreatesAndChangesNothing() throws {
        let book = try Book()
        var tags = ImportOptions()
        tags.tags = ["Fair"]
        let rows = [
            try book.row(name: "Ann", email: "ann@example.org") {
                $0.tags = ["VIP"]; $0.note = "tea"; $0.groups = ["Gold"]
            },
            try book.row(3, name: "Bo", phone: "030 123456"), try book.row(4, name: "Cy", phone: "030 123456"),
            try book.row(5, name: "Di", ext: "17"),
        ]
        XCTAssertEqual(try book.importing(rows, tags).counts.created, 4)

        let again = try book.importing(rows, tags)

        XCTAssertEqual(again.counts.unchanged, 4)
        XCTAssertEqual(again.counts.created + again.counts.changed + again.counts.skipped, 0)
        XCTAssertEqual(try book.customer(CustomerID(rawValue: 1)).tags, ["Fair", "VIP"])
    }

    func testBlanksAreFilledAndNothingIsErasedOrReplaced() throws {
        let book = try Book()
        let id = try book.create(name: "Ann Öz", email: "ann@example.org", company: "Acme")

        let outcome = try book.importing([
            book.row(name: "Anna Ohne", email: "ANN@example.org", phone: "030 123456") {
                try $0.fields.set(.company, to: "Other", country: book.occasion.shop.country)
                try $0.fields.set(.birthday, to: "1980-02-29", country: book.occasion.shop.country)
            }
        ])

        XCTAssertEqual(outcome.counts.changed, 1)
        let ann = try book.customer(id)
        XCTAssertEqual(ann.fields.name, "Ann Öz")
        XCTAssertEqual(ann.fields.company, "Acme")
        XCTAssertEqual(ann.fields.phoneKey, "+4930123456")
        XCTAssertEqual(ann.fields.birthday, "1980-02-29")
        try book.importing([book.row(email: "ann@example.org")])
        XCTAssertEqual(try book.customer(id), ann)
    }

    func testOverwritingReplacesWhatTheTableKnows() throws {
        let book = try Book()
        let id = try book.create(name: "Ann Öz", email: "ann@example.org", company: "Acme")
        var options = ImportOptions()
        options.overwrites = true

        try book.importing([book.row(name: "Anna Ohne", email: "ann@example.org")], options)

        XCTAssertEqual(try book.customer(id).fields.name, "Anna Ohne")
        XCTAssertEqual(try book.customer(id).fields.company, "Acme")
    }

    func testTwoPeopleMayShareATelephone() throws {
        let book = try Book()
        try book.create(name: "Ann", phone: "030 123456")

        let outcome = try book.importing([
            book.row(name: "Bo", email: "bo@example.org", phone: "030 123456"),
            book.row(3, name: "ANN", phone: "030 123456"),
            book.row(4, phone: "030 123456"),
        ])

        XCTAssertEqual(outcome.counts.created, 1)
        XCTAssertEqual(outcome.counts.unchanged, 1)
        XCTAssertEqual(outcome.remarks, [ImportRemark(row: 4, column: nil, reason: .severalMatch)])
    }

    func testAnIdOfNobodyKnowsWhomDoesNotJoinStrangers() throws {
        let book = try Book()
        try book.importing([book.row(email: "ann@example.org", ext: "1")])

        let stranger = try book.importing([book.row(email: "bo@example.org", ext: "1")])

        XCTAssertEqual(stranger.remarks.map(\.reason), [.otherEmail(CustomerID(rawValue: 1))])
        var options = ImportOptions()
        options.channel = "online-shop"
        XCTAssertEqual(try book.importing([book.row(email: "bo@example.org", ext: "1")], options).counts.created, 1)
        XCTAssertEqual(try book.importing([book.row(email: "bo@other.org", ext: "1")], options).counts.unchanged, 1)
    }

    func testWhomNothingCanFindIsLeftOut() throws {
        let book = try Book().under { $0.matchesPhone = false }

        let outcome = try book.importing([book.row(name: "Ann", phone: "030 123456")])

        XCTAssertEqual(outcome.remarks.map(\.reason), [.noKey])
        XCTAssertEqual(outcome.counts.skipped, 1)
    }

    func testConsentIsLoweredAndNeverRaised() throws {
        let book = try Book()
        let rows = [
            try book.row(email: "ann@example.org") {
                $0.consents = [ImportedStatement(purpose: .newsletter, consent: .granted)]
            },
            try book.row(3, email: "bo@example.org") {
                $0.consents = [ImportedStatement(purpose: .newsletter, consent: .bounced)]
            },
            try book.row(4, email: "cy@example.org") {
                $0.consents = [ImportedStatement(purpose: .newsletter, consent: .pending)]
            },
        ]

        try book.importing(rows)

        XCTAssertEqual(try book.customer(CustomerID(rawValue: 1)).consent.map(\.status), [])
        XCTAssertFalse(try book.customer(CustomerID(rawValue: 2)).isSubscribed)
        XCTAssertEqual(try book.customer(CustomerID(rawValue: 3)).consent.map(\.status), [])
        try book.under { $0.importsConsent = .take }.importing(rows)
        XCTAssertTrue(try book.customer(CustomerID(rawValue: 1)).isSubscribed)
        XCTAssertFalse(try book.customer(CustomerID(rawValue: 2)).isSubscribed)
        XCTAssertFalse(try book.customer(CustomerID(rawValue: 3)).isSubscribed)
    }

    func testWhoUnsubscribedIsNotBroughtBackByAnImport() throws {
        let book = try Book().under { $0.importsConsent = .take }
        let id = try book.create(email: "ann@example.org")
        try book.write {
            try ConsentWriter($0, book.occasion).record(
                ConsentStatement(purpose: .newsletter, isGranted: false, wording: nil), by: id, channel: nil)
        }

        try book.importing([
            book.row(email: "ann@example.org") {
                $0.consents = [ImportedStatement(purpose: .newsletter, consent: .granted)]
            }
        ])

        XCTAssertFalse(try book.customer(id).isSubscribed)
    }

    func testTagsBeyondTheLimitAreLeftOutWithARemark() throws {
        let book = try Book().under { $0.maximumTags = 1 }

        let outcome = try book.importing([book.row(email: "ann@example.org") { $0.tags = ["A", "B"] }])

        XCTAssertEqual(outcome.remarks.map(\.reason), [.tooManyTags(limit: 1)])
        XCTAssertEqual(try book.customer(CustomerID(rawValue: 1)).tags, ["A"])
    }
}
