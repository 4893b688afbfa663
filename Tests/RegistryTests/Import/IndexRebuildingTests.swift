import Registry
import Storage
import TestSupport
import XCTest

final class IndexRebuildingTests: XCTestCase {
    private func schema(_ book: Book) throws -> [String] {
        try book.read { transaction in
            try transaction.all("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name") {
                "\($0.text(0)) \($0.text(1)) \($0.text(2)) \($0.text(3))"
            }
        }
    }

    /// Some customers, and the schema as it was before their indexes were dropped.
    private func dropped(_ count: Int = 300) throws -> (book: Book, schema: [String]) {
        let book = try Book()
        for number in 0..<count {
            try book.create(
                name: "Person \(number * 7 % count)", email: "p\(number)@example.org",
                phone: number % 3 == 0 ? nil : "030 \(100_000 + number * 11 % count)")
        }
        let schema = try schema(book)
        try book.write { transaction in
            _ = try ImportWriter(transaction, book.occasion).begin(.skipBad, process: "test", rows: 60_000)
        }
        return (book, schema)
    }

    private func pieces(_ index: PostponedIndex, _ book: Book) throws -> [IndexPiece] {
        try book.read { transaction in
            var pieces: [IndexPiece] = []
            try IndexRebuilding.forEachPiece(of: index, transaction) { pieces.append($0) }
            return pieces
        }
    }

    private func rebuild(
        _ index: PostponedIndex, _ book: Book, meanwhile: () throws -> Void = {}, before: () throws -> Void = {}
    ) throws {
        XCTAssertTrue(try book.write { try IndexRebuilding(index, $0).begin() })
        try before()
        let pieces = try pieces(index, book)
        try meanwhile()
        for piece in pieces { try book.write { try IndexRebuilding(index, $0).enter(piece) } }
        try book.write { try IndexRebuilding(index, $0).finish() }
    }

    private func numbers(_ book: Book, _ sort: CustomerQuery.Sort) throws -> [Int64] {
        var query = CustomerQuery()
        query.sort = sort
        let asked = query
        return try book.read { transaction in
            try CustomerList(transaction, book.occasion.shop).page(asked, after: nil, limit: 500).customers
                .map(\.number)
        }
    }

    func testTheIndexesAreAsTheyWereBefore() throws {
        let (book, before) = try dropped()
        let sorted = try numbers(book, .name)

        for index in PostponedIndex.allCases { try rebuild(index, book) }

        XCTAssertEqual(try schema(book), before)
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
        XCTAssertEqual(try numbers(book, .name), sorted)
        XCTAssertEqual(try book.write { try IndexRebuilding(.names, $0).begin() }, false)
    }

    func testWhoChangesBeforeTheEntriesAreSortedStandsWhereHeBelongs() throws {
        for index in PostponedIndex.allCases {
            let (book, before) = try dropped()

            try rebuild(
                index, book,
                meanwhile: {
                    try book.write { transaction in
                        _ = try CustomerEraser(transaction, book.occasion) { $1 }.erase(CustomerID(rawValue: 302))
                    }
                },
                before: {
                    for name in ["Early", "Gone"] {
                        try book.create(name: name, email: "\(name)@example.org", phone: "030 77777\(name.count)")
                    }
                    try book.write { transaction in
                        try CustomerWriter(transaction, book.occasion).update(
                            CustomerID(rawValue: 5), ifRevision: nil
                        ) { $0.name = "Aaron" }
                    }
                })

            for other in PostponedIndex.allCases where other != index { try rebuild(other, book) }
            XCTAssertEqual(try schema(book), before)
            XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
        }
    }

    func testWhoChangesMeanwhileStandsWhereHeBelongs() throws {
        for index in PostponedIndex.allCases {
            let (book, before) = try dropped()

            try rebuild(index, book) {
                try book.write { transaction in
                    let writer = CustomerWriter(transaction, book.occasion)
                    let country = book.occasion.shop.country
                    try writer.update(CustomerID(rawValue: 5), ifRevision: nil) { $0.name = "Aaron" }
                    for id: Int64 in [2, 3, 4] {
                        try writer.update(CustomerID(rawValue: id), ifRevision: nil) {
                            try $0.set(.phone, to: "030 99999\(id)", country: country)
                        }
                    }
                    try writer.update(CustomerID(rawValue: 5), ifRevision: nil) {
                        $0.name = "Zacharias"
                        $0.phone = nil
                        $0.phoneKey = nil
                    }
                }
                try book.create(name: "Late", email: "late@example.org", phone: "030 777777")
                try book.create(name: "Test", email: "test@example.org", phone: "030 666666", isTest: true)
                try book.write { _ = try TestPurge($0, book.occasion).run(expecting: 1) }
            }

            try book.write { try PostponedIndexes($0).restoreAll() }
            XCTAssertEqual(try schema(book), before)
            XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
        }
    }

    func testWhatWasLeftUnfinishedGoesAndTheIndexIsMadeAtOnce() throws {
        let (book, before) = try dropped()
        for index in PostponedIndex.allCases {
            XCTAssertTrue(try book.write { try IndexRebuilding(index, $0).begin() })
            for piece in try pieces(index, book).prefix(1) {
                try book.write { try IndexRebuilding(index, $0).enter(piece) }
            }
        }

        try book.write { try PostponedIndexes($0).restoreAll() }

        XCTAssertEqual(try schema(book), before)
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
        try book.create(name: "Late", email: "late@example.org")
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testWhoeverMakesTheIndexAtOnceMeanwhileIsRight() throws {
        for index in PostponedIndex.allCases {
            let (book, before) = try dropped()

            try rebuild(index, book) {
                XCTAssertEqual(try book.write { try IndexRebuilding(index, $0).begin() }, false)
                try book.write { try PostponedIndexes($0).restoreAll() }
            }

            XCTAssertEqual(try schema(book), before)
            XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
        }
    }

    func testAnotherConnectionSeesTheIndexAtOnce() throws {
        try withTemporaryDirectory { folder in
            let database = try Database(path: "\(folder)/registry.sqlite", migrations: RegistrySchema.migrations)
            try database.write { transaction in
                for number: Int64 in 1...40 {
                    try transaction.execute(
                        """
                        INSERT INTO customer (id, number, rev, name_key, account, source, is_test, joined_at)
                        VALUES (?1, ?1, 1, ?2, 'none', 'staff', 0, 0)
                        """, .integer(number), .text("n\(number * 7 % 40)"))
                }
                try transaction.execute("DROP INDEX customer_by_name")
            }
            XCTAssertEqual(try database.read { try $0.first("SELECT count(*) FROM customer") { $0.integer(0) } }, 40)

            XCTAssertTrue(try database.write { try IndexRebuilding(.names, $0).begin() })
            let pieces = try database.read { transaction in
                var pieces: [IndexPiece] = []
                try IndexRebuilding.forEachPiece(of: .names, transaction) { pieces.append($0) }
                return pieces
            }
            for piece in pieces { try database.write { try IndexRebuilding(.names, $0).enter(piece) } }
            try database.write { try IndexRebuilding(.names, $0).finish() }

            let found = try database.read { transaction in
                try transaction.all(
                    "SELECT number FROM customer INDEXED BY customer_by_name WHERE name_key = 'n14' ORDER BY number"
                ) { $0.integer(0) }
            }
            XCTAssertEqual(found, [2])
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
        }
    }
}
