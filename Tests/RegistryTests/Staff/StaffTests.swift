import Registry
import TestSupport
import XCTest

final class StaffTests: XCTestCase {
    private func add(_ name: String, display: String? = nil, email: String? = nil, in book: Book) throws -> StaffMember
    {
        let email = try email.map { try EmailAddress(parsing: $0) }
        return try book.write { try StaffWriter($0, book.occasion).add(name, display: display, email: email) }
    }

    private func remove(_ member: StaffMember, in book: Book) throws -> StaffMember {
        try book.write { try StaffWriter($0, book.occasion).remove(member.id) }
    }

    private func members(isWhole: Bool, in book: Book) throws -> [String] {
        try book.read { try StaffReader($0).members(after: 0, isWhole: isWhole, limit: 99) }.map(\.name)
    }

    func testWhoLeavesStaysReadableAndKeepsTheName() throws {
        let book = try Book()
        let lena = try add("lena", display: "Lena Koch", email: "Lena@Example.org", in: book)
        _ = try add("omar", in: book)

        let gone = try remove(lena, in: book.after(seconds: 5))

        XCTAssertEqual(gone.removedAt?.seconds, Book.now.seconds + 5)
        XCTAssertEqual(gone.display, "Lena Koch")
        XCTAssertEqual(try members(isWhole: false, in: book), ["omar"])
        XCTAssertEqual(try members(isWhole: true, in: book), ["lena", "omar"])
        assertThrows(StaffError.notFound) { try remove(lena, in: book) }
        let back = try add("Lena", in: book)
        XCTAssertEqual(back.id, lena.id)
        XCTAssertEqual(back.display, "Lena Koch")
        XCTAssertEqual(back.email?.spelling, "Lena@Example.org")
        XCTAssertNil(back.removedAt)
    }

    func testNamesAreOneWordAndTakenOnce() throws {
        let book = try Book()
        _ = try add("lena", in: book)

        assertThrows(StaffError.exists) { try add("LENA", in: book) }
        for name in ["", "lena koch", "a/b", "@lena", String(repeating: "x", count: 65), "a:b"] {
            assertThrows(StaffError.badName) { try add(name, in: book) }
        }
        XCTAssertEqual(try add("jürgen.k-2", in: book).display, "jürgen.k-2")
    }

    func testWhoActsIsTheMemberOfThatName() throws {
        let book = try Book()
        let lena = try add("lena", in: book)
        func acting(_ actor: Actor) throws -> StaffMember? {
            try book.read { try StaffReader($0).member(acting: actor) }
        }

        XCTAssertEqual(try acting(.staff("lena")), lena)
        XCTAssertEqual(try acting(.staff("backoffice/lena")), lena)
        XCTAssertNil(try acting(.staff("omar")))
        XCTAssertNil(try acting(.operator))
        _ = try remove(lena, in: book)
        XCTAssertNil(try acting(.staff("lena")))
    }
}
