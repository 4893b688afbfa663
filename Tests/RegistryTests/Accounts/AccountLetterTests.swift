import TestSupport
import XCTest

@testable import Registry

final class AccountLetterTests: XCTestCase {
    private func text(_ letter: AccountLetter, _ language: MailLanguage, link: String?) throws -> String {
        let book = try Book().withMail().under { $0.mail.link = link }
        return letter.mail(
            to: try EmailAddress(parsing: "ann@example.org"), of: nil, language, book.occasion.shop
        ).text
    }

    func testALetterWithAPageForLinksCarriesOne() throws {
        for language in MailLanguage.allCases {
            let text = try text(.invitation(token: "TOKEN"), language, link: "https://acme.example/{action}/{token}")
            XCTAssertTrue(text.contains("https://acme.example/accept/TOKEN"))
        }
    }

    func testALetterWithoutOneCarriesACodeAndSaysWhatToDoWithIt() throws {
        let words: [MailLanguage: (link: String, help: String)] = [
            .german: ("Link", "antworten Sie bitte auf diese Nachricht (shop@acme.example)"),
            .turkish: ("ağlantı", "lütfen bu iletiyi yanıtlayın (shop@acme.example)"),
            .english: ("link", "please answer this message (shop@acme.example)"),
        ]
        XCTAssertEqual(Set(words.keys), Set(MailLanguage.allCases))
        for (language, expected) in words {
            for letter in [
                AccountLetter.invitation(token: "TOKEN"), .signUp(token: "TOKEN"), .password(token: "TOKEN"),
                .emailChange(token: "TOKEN"),
            ] {
                let text = try text(letter, language, link: nil)
                XCTAssertTrue(text.contains("\n\nTOKEN\n\n"), text)
                XCTAssertTrue(text.contains(expected.help), text)
                XCTAssertFalse(text.contains(expected.link), text)
            }
        }
    }

    func testToSignInWithoutAPageTheShortCodeIsEnough() throws {
        let text = try text(.signIn(token: "TOKEN", code: "ABCD-EFGH"), .english, link: nil)

        XCTAssertTrue(text.hasPrefix("You sign in to Acme with this code:\n\nABCD-EFGH\n\n"), text)
        XCTAssertFalse(text.contains("TOKEN"))
    }
}
