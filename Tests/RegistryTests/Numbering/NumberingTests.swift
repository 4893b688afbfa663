import Storage
import TestSupport
import XCTest

@testable import Registry

final class NumberingTests: XCTestCase {
    /// The ids of one of each, made for a test customer.
    private func makeOfEach(_ book: Book, _ round: Int) throws -> (customer: CustomerID, ids: [Numbering: Int64]) {
        let customer = try book.create(name: "Test \(round)", email: "t\(round)@example.org", isTest: true)
        let use = book.use(1_000, by: customer)
        let ids = try book.write { transaction in
            let occasion = book.occasion
            var ids: [Numbering: Int64] = [:]
            let draft = try OrderDraft.sale(100, ext: "o\(round)", to: .customer(customer)).with { $0.isTest = true }
            ids[.order] = try OrderWriter(transaction, occasion).register(draft).order.rawValue
            ids[.note] = try NoteWriter(transaction, occasion).add("note", to: customer).id
            let comments = CommentWriter(transaction, occasion) { _, _ in nil }
            ids[.comment] = try comments.add("@lena", to: customer).id.rawValue
            let message = try ThreadWriter(transaction, occasion).send("text", to: customer, subject: "s", in: nil)
            (ids[.message], ids[.thread]) = (message.id.rawValue, message.thread?.rawValue)
            var address = AddressFields()
            for (field, text) in [(AddressField.line1, "Weg 1"), (.postcode, "50667"), (.city, "Köln")] {
                try address.set(field, to: text)
            }
            ids[.address] =
                try AddressWriter(transaction, occasion).add(address, to: customer, source: "staff").address.id.rawValue
            ids[.tag] = try TagWriter(transaction, occasion).create("tag").id.rawValue
            ids[.group] = try GroupWriter(transaction, occasion).create("group", isTaxExempt: false).id.rawValue
            ids[.segment] = try SegmentWriter(transaction, occasion).create("segment", CustomerQuery()).id.rawValue
            var terms = CouponTerms(
                code: "TEN", benefit: .percent(try Percentage(parsing: "10")), currency: occasion.shop.currency)
            terms.limit = 9
            try CouponWriter(transaction, occasion).create(terms)
            ids[.coupon] = try CouponReader(transaction.reading).coupon("TEN").id.rawValue
            ids[.hold] = try CouponWriter(transaction, occasion).hold("TEN", for: use, seconds: 9).id.rawValue
            ids[.inboxEntry] = try transaction.reading.first("SELECT max(id) FROM inbox_entry") { $0.integer(0) }
            ids[.mail] = try transaction.reading.first("SELECT max(id) FROM mail") { $0.integer(0) }
            try AuditWriter(transaction, occasion).note("staff.add", by: "staff", about: [])
            ids[.audit] = try AuditReader(transaction.reading).entries(role: nil, before: .max, limit: 1).first?.id
            return ids
        }
        return (customer, ids)
    }

    func testNoIdIsGivenOutAgainWhenTheNewestIsGone() throws {
        let book = try Book().withMail()
        _ = try book.write { try StaffWriter($0, book.occasion).add("lena", display: nil, email: nil) }
        let first = try makeOfEach(book, 1)
        XCTAssertEqual(Set(first.ids.keys), Set(Numbering.allCases))

        try book.write { transaction in
            let occasion = book.occasion
            try transaction.execute("DELETE FROM audit")
            try transaction.execute("DELETE FROM coupon_hold")
            try transaction.execute("UPDATE coupon SET held = 0, held_minor = 0")
            try CouponWriter(transaction, occasion).delete("TEN")
            _ = try TagWriter(transaction, occasion).delete(TagID(rawValue: 1))
            _ = try GroupWriter(transaction, occasion).delete(GroupID(rawValue: 1))
            let segments = SegmentReader(transaction.reading, occasion.shop)
            try SegmentWriter(transaction, occasion).delete(segments.segment(named: "segment"))
            _ = try TestPurge(transaction, occasion).run(expecting: 1)
        }
        let second = try makeOfEach(book, 2)

        for noun in Numbering.allCases {
            XCTAssertEqual(second.ids[noun], (first.ids[noun] ?? 0) + 1, "\(noun)")
        }
    }

    func testARefusedChangeUsesUpNoId() throws {
        let book = try Book()
        let customer = try book.create(name: "Ann")

        let ids = try book.write { transaction in
            let writer = NoteWriter(transaction, book.occasion)
            let first = try writer.add("one", to: customer).id
            _ = try transaction.savepoint(isKept: false) { try writer.add("two", to: customer) }
            return [first, try writer.add("three", to: customer).id]
        }

        XCTAssertEqual(ids, [1, 2])
    }

    func testEveryTableHasItsTrigger() throws {
        let triggers = try Book().read {
            try $0.first(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%UPDATE sequence SET value = OLD.id %'"
            ) {
                $0.integer(0)
            }
        }

        XCTAssertEqual(triggers, Int64(Numbering.allCases.count))
    }
}
