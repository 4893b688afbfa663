import Foundation
import Storage
import TestSupport
import XCTest

@testable import Registry

final class RestoreLedgerTests: XCTestCase {
    private func say(_ isGranted: Bool, _ customer: CustomerID, in book: Book) throws {
        let statement = ConsentStatement(purpose: .newsletter, isGranted: isGranted, wording: "v1")
        try book.write { try ConsentWriter($0, book.occasion).record(statement, by: customer, channel: nil) }
    }

    func testARestoreBringsNobodyBackWhoWasErasedOrObjectedSince() throws {
        try withTemporaryDirectory { directory in
            let current = "\(directory)/current.sqlite"
            let copy = "\(directory)/backup.sqlite"
            var people: [String: CustomerID] = [:]
            do {
                let book = try Book(path: current)
                for name in ["erased", "objected", "nameless", "later", "faithful"] {
                    let email = name == "nameless" ? nil : "\(name)@example.org"
                    let customer = try book.create(name: name, email: email)
                    people[name] = customer
                    try say(true, customer, in: book)
                }
            }
            try FileManager.default.copyItem(atPath: current, toPath: copy)
            let ids = people
            func id(_ name: String) throws -> CustomerID { try XCTUnwrap(ids[name]) }

            let book = try Book(path: current).after(seconds: 100)
            let erased = try id("erased")
            try book.write { _ = try CustomerEraser($0, book.occasion) { $1 }.erase(erased) }
            try say(false, id("objected"), in: book)
            try say(false, id("nameless"), in: book)
            try say(false, id("later"), in: book)
            try say(true, id("later"), in: book.after(seconds: 200))
            let ledger = try book.read { try RestoreLedger($0) }

            let restored = try Book(path: copy).after(seconds: 300)
            let count = try restored.write { transaction in
                let count = try ledger.apply(
                    to: transaction, restored.occasion, RestoreLedger.Means(redact: { $1 }, forget: { _, _ in }))
                return [count.erased, count.objected]
            }

            XCTAssertEqual(count, [1, 2])
            XCTAssertEqual(try restored.customer(erased).status, .erased)
            XCTAssertNil(try restored.customer(erased).fields.name)
            XCTAssertFalse(try restored.customer(id("objected")).isSubscribed)
            XCTAssertFalse(try restored.customer(id("nameless")).isSubscribed)
            XCTAssertTrue(try restored.customer(id("later")).isSubscribed)
            XCTAssertTrue(try restored.customer(id("faithful")).isSubscribed)
            let again = try restored.create(name: "again", email: "erased@example.org")
            XCTAssertFalse(try restored.customer(again).isSubscribed)
            XCTAssertEqual(try restored.customer(again).consent.map(\.status).first, .unsubscribed)
        }
    }
}
