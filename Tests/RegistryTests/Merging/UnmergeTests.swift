import Storage
import StrictJSON
import TestSupport
import XCTest

@testable import Registry

final class UnmergeTests: XCTestCase {
    func testAfterUnmergingBothAreAsTheyWere() throws {
        let book = try Book()
        let into = try book.create(name: "Ann", email: "ann@example.org")
        let from = try book.create(email: "anna@example.org", phone: "+4930123456", company: "Acme")
        try book.register(.sale(100, "USD", channel: "pos", to: .customer(from)))
        try book.register(.sale(200, to: try book.buyer(email: "ann@example.org", ext: "c1")))
        try book.tag(into, "both")
        try book.tag(from, "both")
        try book.tag(from, "one")
        try book.say(true, by: into)
        let before = try BookDump(book)

        for choices in [[:], ["email": .from]] as [[String: CustomerMerge.Choice]] {
            try book.merge(from, into: into, choices)
            XCTAssertNotEqual(try BookDump(book), before)
            try book.unmerge(from)

            XCTAssertEqual(try BookDump(book).rowsButConsent, before.rowsButConsent)
        }
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testWhatWasChangedSinceStaysWithTheSurvivor() throws {
        let book = try Book()
        let into = try book.create(name: "Ann", email: "ann@example.org")
        let from = try book.create(name: "Bo", phone: "+4930123456", company: "Acme")
        let old = try book.register(.sale(100, to: .customer(from))).order
        try book.merge(from, into: into)
        let later = try book.register(.sale(700, to: .customer(into))).order
        try book.update(into) { try $0.set(.company, to: "Apex", country: book.occasion.shop.country) }
        try book.tag(into, "new")
        try book.update(old, to: .cancelled)

        try book.unmerge(from)

        let (survivor, released) = (try book.customer(into), try book.customer(from))
        XCTAssertEqual(survivor.fields.company, "Apex")
        XCTAssertEqual(survivor.fields.phone, nil)
        XCTAssertEqual(survivor.tags, ["new"])
        XCTAssertEqual(released.fields.company, "Acme")
        XCTAssertEqual(released.tags, [])
        XCTAssertEqual(try book.order(old).match.customer, from)
        XCTAssertEqual(try book.order(later).match.customer, into)
        XCTAssertEqual(survivor.totals.map(\.text), ["7.00"])
        XCTAssertEqual(released.totals.map(\.text), ["0.00"])
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAfterThirtyDaysAMergeStays() throws {
        let book = try Book()
        let (into, from) = (try book.create(name: "Ann"), try book.create(name: "Bo"))
        try book.merge(from, into: into)

        assertThrows(MergeError.expired) { try book.after(seconds: 30 * 86_400 + 1).unmerge(from) }
        try book.after(seconds: 30 * 86_400).unmerge(from)
        assertThrows(MergeError.notMerged) { try book.unmerge(from) }
        assertThrows(CustomerError.notFound) { try book.unmerge(CustomerID(rawValue: 9)) }
    }

    func testAnOldMergeIsForgottenWithTheNext() throws {
        let book = try Book()
        let ids = try (0..<3).map { try book.create(name: "Customer \($0)") }
        try book.merge(ids[1], into: ids[0])

        try book.after(seconds: 31 * 86_400).merge(ids[2], into: ids[0])

        XCTAssertEqual(
            try BookDump(book).rows.filter { $0.hasPrefix("side") },
            [#"side [3,"after"]"#, #"side [3,"before"]"#])
        assertThrows(MergeError.expired) { try book.unmerge(ids[1]) }
        XCTAssertEqual(try book.read { try CustomerReader($0).record(ids[1]).mergedInto }, ids[0])
    }

    func testASurvivorMergedOnMustBeReleasedFirst() throws {
        let book = try Book()
        let ids = try (0..<3).map { try book.create(name: "Customer \($0)", email: "c\($0)@example.org") }
        let before = try BookDump(book)
        try book.merge(ids[2], into: ids[1])
        try book.merge(ids[1], into: ids[0])

        XCTAssertEqual(try book.ids(email: "c2@example.org"), [ids[0]])
        assertThrows(CustomerError.merged(into: ids[0])) { try book.unmerge(ids[2]) }
        try book.unmerge(ids[1])
        XCTAssertEqual(try book.ids(email: "c2@example.org"), [ids[1]])
        try book.unmerge(ids[2])
        XCTAssertEqual(try BookDump(book), before)
    }

    func testAnAddressThatHasGoneToSomebodyElseIsNotTakenBack() throws {
        let book = try Book()
        let into = try book.create(name: "Ann")
        let from = try book.create(name: "Bo", email: "bo@example.org")
        try book.merge(from, into: into)
        try book.update(into) { try $0.set(.email, to: "ann@example.org", country: book.occasion.shop.country) }
        let other = try book.create(email: "bo@example.org")
        let before = try BookDump(book)

        assertThrows(CustomerError.emailTaken(by: other)) { try book.unmerge(from) }
        XCTAssertEqual(try BookDump(book), before)
    }

    func testMergesIntoOneCustomerAreTakenBackInAnyOrder() throws {
        for order in [[1, 2, 3], [3, 2, 1], [2, 1, 3], [1, 3, 2], [2, 3, 1], [3, 1, 2]] {
            for choice in [CustomerMerge.Choice.into, .from] {
                let book = try Book()
                let ids = try (0..<4).map { index in
                    try book.create(
                        name: "Customer \(index)", email: "c\(index)@example.org",
                        phone: index == 0 ? nil : "+493012345\(index)", company: "Company \(index)")
                }
                for index in 1...3 {
                    try book.tag(ids[index], "common")
                    try book.register(.sale(Int64(index), "JPY", to: .customer(ids[index])))
                }
                let before = try BookDump(book)
                for index in 1...3 {
                    let fields = index == 1 ? ["name", "email"] : ["name", "email", "phone"]
                    let choices = Dictionary(uniqueKeysWithValues: fields.map { ($0, choice) })
                    try book.merge(ids[index], into: ids[0], choices)
                }

                for index in order { try book.unmerge(ids[index]) }

                XCTAssertEqual(try BookDump(book), before, "\(order) \(choice)")
                XCTAssertEqual(try book.mismatches(), [])
            }
        }
    }
}
