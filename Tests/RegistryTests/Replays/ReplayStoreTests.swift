import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class ReplayStoreTests: XCTestCase {
    private static let answer = JSONWriter.object { $0.member("id", Int64(7)) }

    private func remember(_ key: String, of caller: String, at seconds: Int64, in book: Book) throws {
        try book.write {
            try ReplayStore($0).remember(
                Self.answer, to: key, of: caller, request: [1, 2], at: Instant(seconds: seconds))
        }
    }

    private func answer(_ key: String, of caller: String, request: [UInt8] = [1, 2], in book: Book) throws -> String? {
        try book.write { try ReplayStore($0).answer(to: key, of: caller, request: request)?.text }
    }

    func testTheSameRequestGetsTheSameAnswer() throws {
        let book = try Book()
        XCTAssertNil(try answer("k", of: "a", in: book))

        try remember("k", of: "a", at: 100, in: book)

        XCTAssertEqual(try answer("k", of: "a", in: book), #"{"id":7}"#)
        XCTAssertEqual(try answer("k", of: "a", in: book), #"{"id":7}"#)
    }

    func testAnotherRequestUnderTheKeyIsRefused() throws {
        let book = try Book()
        try remember("k", of: "a", at: 100, in: book)

        assertThrows(ReplayError.keyReused) { try answer("k", of: "a", request: [1, 3], in: book) }
        assertThrows(ReplayError.keyReused) { try answer("k", of: "a", request: [], in: book) }
    }

    func testCallersDoNotSeeEachOthersKeys() throws {
        let book = try Book()
        try remember("k", of: "a", at: 100, in: book)

        XCTAssertNil(try answer("k", of: "b", request: [9], in: book))
        try remember("k", of: "b", at: 100, in: book)
        XCTAssertEqual(try answer("k", of: "b", in: book), #"{"id":7}"#)
    }

    func testAnAnswerIsKeptForAWeek() throws {
        let book = try Book()
        let week: Int64 = 7 * 86_400
        try remember("old", of: "a", at: 100, in: book)

        try remember("later", of: "a", at: 100 + week, in: book)
        XCTAssertNotNil(try answer("old", of: "a", in: book))
        try remember("latest", of: "a", at: 101 + week, in: book)

        XCTAssertNil(try answer("old", of: "a", in: book))
        XCTAssertNotNil(try answer("later", of: "a", in: book))
    }

    func testAnAnswerIsForgottenWithTheChangeThatFailed() throws {
        let book = try Book()
        struct Refused: Error, Equatable {}

        assertThrows(Refused()) {
            try book.write { transaction in
                try ReplayStore(transaction).remember(
                    Self.answer, to: "k", of: "a", request: [1, 2], at: Instant(seconds: 1))
                throw Refused()
            }
        }

        XCTAssertNil(try answer("k", of: "a", in: book))
    }
}
