import Storage
import TestSupport
import XCTest

@testable import Registry

/// The ledger's file: what is added to it tells the same as one that is written anew.
final class RestoreLedgerStoredTests: XCTestCase {
    private func say(_ isGranted: Bool, _ customer: CustomerID, in book: Book) throws {
        let statement = ConsentStatement(purpose: .newsletter, isGranted: isGranted, wording: "v1")
        try book.write { try ConsentWriter($0, book.occasion).record(statement, by: customer, channel: nil) }
    }

    private func whole(_ book: Book) throws -> RestoreLedger { try book.read { try RestoreLedger($0) } }

    /// What has come since a version, as it is added to a file.
    private func addition(_ version: Int64, _ book: Book) throws -> [UInt8]? {
        try book.read { transaction in
            try RestoreLedger.addition(version + 1...RestoreLedger.version(transaction), base: 100, transaction)
        }
    }

    /// Steps that change what a restore must not undo, each in a transaction of its own.
    private func steps(_ people: [CustomerID], _ book: Book) -> [() throws -> Void] {
        let (later, reasons) = (book.after(seconds: 100), DenialReasons(inner: "owes", outer: nil))
        return [
            { try self.say(false, people[0], in: later) },
            { try later.write { try CustomerWriter($0, later.occasion).deny(people[1], reasons) } },
            { _ = try later.write { try DenialWriter($0, later.occasion).deny(.email("never@example.org"), reasons) } },
            { _ = try later.write { try CustomerEraser($0, later.occasion) { $1 }.erase(people[2]) } },
            { try self.say(false, people[3], in: later) },
            { try self.say(true, people[3], in: book.after(seconds: 200)) },
            { _ = try later.write { try CustomerEraser($0, later.occasion) { $1 }.erase(people[1]) } },
            { try later.write { try CustomerWriter($0, later.occasion).deny(people[4], reasons) } },
            { try later.write { try CustomerWriter($0, later.occasion).allow(people[4]) } },
            { _ = try later.write { try DenialWriter($0, later.occasion).deny(.phone("+4930123456"), reasons) } },
            { _ = try later.write { try DenialWriter($0, later.occasion).allow(.email("never@example.org")) } },
        ]
    }

    private func bookOfFive() throws -> (Book, [CustomerID]) {
        let book = try Book()
        let people = try (0..<5).map { try book.create(name: "Person \($0)", email: "p\($0)@example.org") }
        for person in people { try say(true, person, in: book) }
        return (book, people)
    }

    func testWhatIsAddedTellsTheSameAsAFileWrittenAnew() throws {
        let (book, people) = try bookOfFive()
        try say(false, people[0], in: book)
        var file = try whole(book).stored
        for (number, step) in steps(people, book).enumerated() {
            let version = try RestoreLedger(stored: file).version

            try step()

            let addition = try XCTUnwrap(addition(version, book), "\(number)")
            XCTAssertFalse(String(decoding: addition, as: UTF8.self).contains("example.org"), "\(number)")
            file += addition
            let read = try RestoreLedger(stored: file)
            XCTAssertEqual(
                String(decoding: read.stored, as: UTF8.self), String(decoding: try whole(book).stored, as: UTF8.self),
                "\(number)")
            XCTAssertEqual(RestoreLedger.end(ofFile: file)?.end.version, read.version)
        }
        try book.write { try LedgerNews($0).drop(upTo: 1_000) }
        XCTAssertNil(try addition(1, book))
    }

    func testAGroupThatIsNotWholeIsCutAndNothingBeforeIt() throws {
        let (book, people) = try bookOfFive()
        try say(false, people[0], in: book)
        let first = try whole(book)
        try say(false, people[1], in: book)
        let addition = try XCTUnwrap(addition(first.version, book))
        let second = try whole(book)

        for length in addition.indices {
            for rest in [[], [UInt8](repeating: 0, count: 50), Array("}\n".utf8)] {
                guard addition.prefix(length) + rest != addition else { continue }
                let read = try RestoreLedger(stored: first.stored + addition.prefix(length) + rest)

                XCTAssertEqual(read.version, first.version, "\(length)")
                XCTAssertEqual(read.stored, first.stored, "\(length)")
            }
            var wrong = addition
            wrong[length] ^= 1
            XCTAssertEqual(try RestoreLedger(stored: first.stored + wrong).version, first.version, "\(length)")
        }
        XCTAssertEqual(try RestoreLedger(stored: first.stored + addition).stored, second.stored)
    }

    func testDamageBeforeWhatCameLaterIsTold() throws {
        let (book, people) = try bookOfFive()
        try say(false, people[0], in: book)
        var file = try whole(book).stored
        let damaged = file.count / 2
        try say(false, people[1], in: book)
        file += try XCTUnwrap(addition(try RestoreLedger(stored: file).version, book))
        file[damaged] ^= 1

        XCTAssertThrowsError(try RestoreLedger(stored: file)) { XCTAssertTrue($0 is RestoreLedger.Unreadable) }
        XCTAssertEqual(RestoreLedger.claimedVersion(stored: file), try whole(book).version)
        assertThrows(RestoreLedger.Unreadable(line: 1)) { try RestoreLedger(stored: []) }
    }

    func testAFileOfTheFirstFormIsStillRead() throws {
        let lines = [
            #"{"format":1,"version":7}"#,
            #"{"key":"suppression","value":"\#(String(repeating: "0a", count: 32))"}"#,
            #"{"hash":"\#(String(repeating: "ff", count: 32))","purpose":"newsletter","reason":"erased","at":100}"#,
            #"{"erased":3,"number":3,"joined":50}"#,
            #"{"objected":4,"number":4,"joined":60,"purpose":"newsletter","status":"unsubscribed","at":90}"#,
            #"{"revoked":"abc","at":80}"#,
            #"{"end":5}"#,
        ]
        let file = Array((lines.joined(separator: "\n") + "\n").utf8)

        let ledger = try RestoreLedger(stored: file)

        XCTAssertEqual(ledger.version, 7)
        XCTAssertEqual(ledger.keys, ["suppression": [UInt8](repeating: 10, count: 32)])
        XCTAssertEqual(ledger.suppressed.map(\.value.reason), [.erased])
        XCTAssertEqual(ledger.erased.map(\.number), [3])
        XCTAssertEqual(ledger.objections.map(\.value.status), [.unsubscribed])
        XCTAssertEqual(ledger.revoked, ["abc": 80])
        XCTAssertEqual(try RestoreLedger(stored: ledger.stored).stored, ledger.stored)
        XCTAssertEqual(RestoreLedger.claimedVersion(stored: file), 7)
        XCTAssertNil(RestoreLedger.end(ofFile: file))
        assertThrows(RestoreLedger.Unreadable(line: 6)) { try RestoreLedger(stored: Array(file.dropLast(20))) }
    }
}
