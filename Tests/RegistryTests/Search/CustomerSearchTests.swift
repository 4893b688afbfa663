import Registry
import XCTest

final class CustomerSearchTests: XCTestCase {
    private func search(_ text: String, in book: Book, limit: Int = 50) throws -> [CustomerID] {
        var query = CustomerQuery()
        query.search = text
        let asked = query
        return try book.read { try CustomerList($0, book.occasion.shop).page(asked, after: nil, limit: limit) }
            .customers.map(\.id)
    }

    func testEveryWordOfANameIsFoundFromItsStart() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna-Maria O'Brien Meier", company: "ACME Tools")
        let bert = try book.create(name: "Bert Meierhof")

        for text in ["a", "anna", "MARIA", "o brien", "meier anna", "tool", "ac me", "Meier  ann "] {
            XCTAssertTrue(try search(text, in: book).contains(anna), text)
        }
        XCTAssertEqual(Set(try search("meier", in: book)), [anna, bert])
        XCTAssertEqual(try search("meierh", in: book), [bert])
        for text in ["nna", "meier cem", "xyz"] { XCTAssertEqual(try search(text, in: book), [], text) }
    }

    func testNothingIsFoundForNothing() throws {
        let book = try Book()
        try book.create(name: "Anna")

        for text in ["", " ", "-", "00", "+", "'"] { XCTAssertEqual(try search(text, in: book), [], text) }
    }

    func testSpellingsAreFolded() throws {
        let book = try Book()
        let irmak = try book.create(name: "Irmak IŞIK")
        let strasse = try book.create(name: "Groß")
        let soren = try book.create(name: "Søren Łukasz")

        for text in ["ırmak", "İRMAK", "isik", "ışık"] { XCTAssertEqual(try search(text, in: book), [irmak], text) }
        for text in ["gross", "GROSS", "groß"] { XCTAssertEqual(try search(text, in: book), [strasse], text) }
        for text in ["soren", "lukasz"] { XCTAssertEqual(try search(text, in: book), [soren], text) }
    }

    func testUmlautsAreFoundInEverySpelling() throws {
        let german = try Book()
        let english = try Book(country: "GB", locale: "en-GB")
        for book in [german, english] {
            let mueller = try book.create(name: "Müller")
            for text in ["müller", "muller", "mueller", "MÜLL"] {
                XCTAssertEqual(try search(text, in: book), [mueller], text)
            }
        }

        for book in [german, english] {
            let spelt = try book.create(name: "Goeller")
            for text in ["göller", "goller", "goeller"] {
                XCTAssertEqual(try search(text, in: book), [spelt], text)
            }
        }
    }

    func testAWordOfAnotherScriptIsFoundFromItsFirstLetter() throws {
        let book = try Book()
        let hindi = try book.create(name: "कीर्ति")
        let thai = try book.create(name: "กำธร")
        let korean = try book.create(name: "김민수")

        XCTAssertEqual(try search("क", in: book), [hindi])
        XCTAssertEqual(try search("कीर्ति", in: book), [hindi])
        XCTAssertEqual(try search("ก", in: book), [thai])
        XCTAssertEqual(try search("김", in: book), [korean])
    }

    func testAnAddressIsFoundByItsPartsAndAsAWhole() throws {
        let book = try Book()
        let anna = try book.create(email: "Anna.Meier+shop@Example.org")
        try book.create(email: "bert@other.net")

        for text in [
            "anna", "meier", "shop", "example", "ANNA.MEIER+SHOP@EXAMPLE.ORG", "anna.meier+shop@ex", "meier org",
        ] {
            XCTAssertEqual(try search(text, in: book), [anna], text)
        }
        XCTAssertEqual(try search("meier@example.org", in: book), [])
    }

    func testATelephoneNumberIsFoundHoweverItIsWritten() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", phone: "030 / 1234567")
        try book.create(name: "Bert", phone: "+49 40 7654321")

        for text in ["030 1234567", "0301234", "+49 30 123", "0049 (30) 1234567", "4930"] {
            XCTAssertEqual(try search(text, in: book), [anna], text)
        }
    }

    func testANumberOfACustomerIsFound() throws {
        let book = try Book()
        for number in 1...12 { try book.create(name: "Customer \(number == 7 ? "Anna" : "Bert")") }

        XCTAssertEqual(try search("7", in: book), [CustomerID(rawValue: 7)])
        XCTAssertEqual(try search("12", in: book), [CustomerID(rawValue: 12)])
    }

    func testATagIsFoundUntilItIsTakenOff() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna Silver")

        try book.write { try TagWriter($0, book.occasion).assign("Silver Club", to: anna) }
        XCTAssertEqual(try search("club", in: book), [anna])
        try book.write { try TagWriter($0, book.occasion).remove("SILVER club", from: anna) }

        XCTAssertEqual(try search("club", in: book), [])
        XCTAssertEqual(try search("silver", in: book), [anna])
    }

    func testAChangeIsFoundUnderTheNewWordsOnly() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna Meier", email: "meier@example.org")

        try book.update(anna) { $0.name = "Anna Schmidt" }

        XCTAssertEqual(try search("schmidt", in: book), [anna])
        XCTAssertEqual(try search("anna meier", in: book), [anna])
        try book.update(anna) { $0.email = nil }
        XCTAssertEqual(try search("meier", in: book), [])
    }

    func testAnOrderNumberFindsItsCustomerFirst() throws {
        let book = try Book()
        try book.create(name: "Anna 2026")
        let bert = try book.create(name: "Bert")
        _ = try book.register(.sale(1, ext: "2026-0017", to: .customer(bert)))
        _ = try book.register(.sale(1, ext: "2026-0018"))

        XCTAssertEqual(try search("2026-0017", in: book), [bert])
        XCTAssertEqual(try search("2026", in: book).first, bert)
        XCTAssertEqual(try search("2026", in: book).count, 2)
    }

    func testAPageIsNeverLongerThanItsLimitAndPagesShowEverybodyOnce() throws {
        let book = try Book()
        for number in 0..<30 {
            let customer = try book.create(name: "X\(number % 3)")
            _ = try book.register(.sale(1, ext: "X\(number)", to: .customer(customer)))
        }
        var query = CustomerQuery()
        query.search = "X"
        let asked = query

        for limit in [1, 4, 29, 30, 31, 100] {
            let found = try book.read { transaction in
                var found: [CustomerID] = []
                var cursor: CustomerCursor?
                repeat {
                    let page = try CustomerList(transaction, book.occasion.shop).page(
                        asked, after: cursor, limit: limit)
                    XCTAssertLessThanOrEqual(page.customers.count, limit)
                    found += page.customers.map(\.id)
                    cursor = page.next
                } while cursor != nil
                return found
            }
            XCTAssertEqual(found.map(\.rawValue).sorted(), Array(1...30), "limit \(limit)")
        }
    }
}
