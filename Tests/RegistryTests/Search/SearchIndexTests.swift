import Registry
import Storage
import TestSupport
import XCTest

final class SearchIndexTests: XCTestCase {
    private static let first = ["Anna", "Jürgen", "Ayşe", "Işıl", "Bo", "Søren", "Zoë", "김민수", "Ольга", "O'Neil"]
    private static let last = ["Müller", "Goeller", "Weiß", "Öztürk", "Li", "van der Berg", "Åkesson", "Schmidt"]
    private static let queries = [
        "mueller", "ayse öz", "김", "c12", "41@shop", "+49 171 55", "vip", "berg 12", "nobody", "z", "90",
    ]

    /// Five blocks of customers and some more, changed and tagged here and there.
    private func crowd(_ random: inout SeededGenerator) throws -> Book {
        let book = try Book()
        for _ in 0..<53 {
            var people: [CustomerFields] = []
            for _ in 0..<100 {
                people.append(try Self.person(people.count, &random))
            }
            let entered = people
            try book.write { transaction in
                for fields in entered {
                    _ = try CustomerWriter(transaction, book.occasion).create(fields, source: "staff")
                }
            }
            for _ in 0..<4 {
                let last = try book.read { try $0.first("SELECT max(id) FROM customer") { $0.integer(0) } } ?? 1
                let id = CustomerID(rawValue: Int64.random(in: 1...last, using: &random))
                let other = try Self.person(0, &random)
                let tag = ["VIP", "Gold 12", "Überall"].randomElement(using: &random) ?? ""
                try book.write { transaction in
                    try TagWriter(transaction, book.occasion).assign(tag, to: id)
                    try CustomerWriter(transaction, book.occasion).update(id, ifRevision: nil) { fields in
                        (fields.name, fields.phone, fields.phoneKey) = (other.name, other.phone, other.phoneKey)
                    }
                    if id.rawValue % 3 == 0 { try TagWriter(transaction, book.occasion).remove(tag, from: id) }
                }
            }
        }
        return book
    }

    private static func person(_ number: Int, _ random: inout SeededGenerator) throws -> CustomerFields {
        var fields = CustomerFields()
        let country = try Country("DE")
        let name = "\(first.randomElement(using: &random) ?? "") \(last.randomElement(using: &random) ?? "")"
        try fields.set(.name, to: name, country: country)
        if number % 2 == 1 {
            let box = Int.random(in: 0..<1_000_000, using: &random)
            try fields.set(.email, to: "c\(box).\(number)@shop.example.org", country: country)
        }
        if number % 3 == 0 {
            let phone = "0171 \(Int.random(in: 1_000_000..<9_999_999, using: &random))"
            try fields.set(.phone, to: phone, country: country)
        }
        return fields
    }

    private func found(in book: Book) throws -> [String: [CustomerID]] {
        var found: [String: [CustomerID]] = [:]
        for text in Self.queries {
            var query = CustomerQuery()
            query.search = text
            let asked = query
            found[text] = try book.read { transaction in
                let all = try CustomerWalk(asked, transaction, book.occasion.shop).all()
                let page = try CustomerList(transaction, book.occasion.shop).page(asked, after: nil, limit: 20)
                XCTAssertEqual(Set(page.customers.map(\.id)).subtracting(all), [], text)
                return all
            }
        }
        return found
    }

    private func rows(in book: Book) throws -> [String] {
        try book.write { transaction in
            let runs = try transaction.reading.all("SELECT DISTINCT id >> 28 FROM search_gram ORDER BY id >> 28") {
                $0.integer(0)
            }
            return try runs.flatMap { run in
                try SearchTable(transaction).rows(ofRun: run).map { "\(run) \($0.gram) \($0.customers)" }
            }
        }
    }

    private func forget(in book: Book) throws {
        try book.write { transaction in
            try transaction.execute("DELETE FROM search_gram")
            try transaction.execute("UPDATE search_progress SET blocks = 0")
        }
    }

    func testTheIndexFindsExactlyWhomALookAtEachFinds() throws {
        var random = SeededGenerator(seed: 11)
        let book = try crowd(&random)
        let (indexed, kept) = (try found(in: book), try rows(in: book))
        XCTAssertEqual(try book.write { try SearchBacklog($0).blocks() }, 0)

        try forget(in: book)

        XCTAssertEqual(try book.write { try SearchBacklog($0).blocks() }, 5)
        let looked = try found(in: book)
        for text in Self.queries { XCTAssertEqual(indexed[text], looked[text], text) }
        XCTAssertEqual(indexed.filter { $0.value.isEmpty }.keys.sorted(), ["nobody"])
        XCTAssertEqual(try book.write { try SearchBacklog($0).enter(atMost: 2) }, false)
        XCTAssertEqual(try book.write { try SearchBacklog($0).enter(atMost: 3) }, true)
        XCTAssertEqual(try rows(in: book), kept)
    }

    func testBlocksPreparedBesideTheWriterAreEnteredUnlessACustomerChangedMeanwhile() throws {
        var random = SeededGenerator(seed: 12)
        let book = try crowd(&random)
        let kept = try rows(in: book)
        try forget(in: book)
        let first = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: true) })
        XCTAssertNil(try book.read { try SearchBacklog.prepare($0, few: false) })

        try book.write { transaction in
            try CustomerWriter(transaction, book.occasion).update(CustomerID(rawValue: 7), ifRevision: nil) {
                $0.company = "Zyzzyva"
            }
        }

        XCTAssertEqual(try book.write { try SearchBacklog($0).enter(first) }, false)
        let second = try XCTUnwrap(try book.read { try SearchBacklog.prepare($0, few: true) })
        XCTAssertEqual(try book.write { try SearchBacklog($0).enter(second) }, true)
        XCTAssertEqual(try book.write { try SearchBacklog($0).enter(second) }, false)
        XCTAssertEqual(try book.write { try SearchBacklog($0).blocks() }, 0)
        XCTAssertGreaterThan(try rows(in: book).count, kept.count)
    }

    func testAnIdIsNeverGivenOutAgain() throws {
        let book = try Book()
        let gertrud = try book.create(name: "Gertrud", isTest: true)
        try book.write { _ = try TestPurge($0, book.occasion).run(expecting: 1) }

        let next = try book.create(name: "Hannelore")

        XCTAssertNotEqual(next, gertrud)
        XCTAssertEqual(try book.customer(next).number, next.rawValue)
    }

    func testAnOlderFileIsSearchedAtOnceAndIndexedLater() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/registry.sqlite"
            let names = RegistrySchema.migrations.map(\.name)
            let older = RegistrySchema.migrations.prefix { $0.name != "search 2: grams" }
            XCTAssertTrue(names.contains("search 2: grams"))
            try Database(path: path, migrations: Array(older)).write { transaction in
                for number in 1...1_100 {
                    try transaction.execute(
                        """
                        INSERT INTO customer (number, rev, name, name_key, account, source, is_test, joined_at)
                        VALUES (?, 1, ?, 'x', 'none', 'staff', 0, 0)
                        """, .integer(Int64(number)), .text(number == 77 ? "Jürgen Müller" : "Somebody"))
                }
                try transaction.execute("INSERT INTO search_term (term, customer_id) VALUES ('muller', 77)")
            }

            let database = try Database(path: path, migrations: RegistrySchema.migrations)

            var query = CustomerQuery()
            query.search = "mueller"
            let asked = query
            let shop = try Book().occasion.shop
            for _ in 0..<2 {
                let page = try database.read { try CustomerList($0, shop).page(asked, after: nil, limit: 10) }
                XCTAssertEqual(page.customers.map(\.number), [77])
                XCTAssertTrue(try database.write { try SearchBacklog($0).enter(atMost: 1) })
            }
        }
    }
}
