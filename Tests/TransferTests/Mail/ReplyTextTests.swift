import XCTest

@testable import Transfer

final class ReplyTextTests: XCTestCase {
    func testTheHistoryIsCutInManyLanguages() {
        let heads = [
            "On Sun, 22 Nov 2026 at 10:00, Shop <shop@example.de> wrote:",
            "Am 22.11.2026 um 10:00 schrieb Buchladen <shop@example.de>:",
            "Am So., 22. Nov. 2026 um 10:00 Uhr schrieb Buchladen\n<shop@example.de>:",
            "Le dim. 22 nov. 2026 à 10:00, Boutique <shop@example.de> a écrit :",
            "22 Kas 2026 Paz, saat 10:00 tarihinde Dükkân <shop@example.de> şunu yazdı:",
            "Dükkân <shop@example.de>, 22 Kas 2026 Paz, 10:00 tarihinde şunu yazdı:",
            "El dom, 22 nov 2026 a las 10:00, Tienda (<shop@example.de>) escribió:",
            "Il giorno dom 22 nov 2026 alle ore 10:00 Negozio <shop@example.de> ha scritto:",
            "Op zo 22 nov 2026 om 10:00 schreef Winkel <shop@example.de>:",
            "2026年11月22日(日) 10:00 Shop <shop@example.de>:",
            "-----Ursprüngliche Nachricht-----",
            "-----Orijinal Mesaj-----",
            "________________________________\nVon: Shop <shop@example.de>\nGesendet: Sonntag, 22. November 2026\nAn: Ann\nBetreff: Ware",
            "Kimden: Shop <shop@example.de>\nGönderildi: 22 Kasım 2026 Pazar\nKime: Ann\nKonu: Sipariş",
        ]
        for head in heads {
            XCTAssertEqual(ReplyText.visible(of: "Danke!\n\n\(head)\n\n> It left\n> today.\n"), "Danke!", head)
        }
    }

    func testWhatTheCustomerWritesHerselfIsKept() {
        let texts = [
            "Yesterday at 12:30 I wrote:\nplease cancel. Nobody answered.",
            "My neighbour ann@example.org wrote:\nthe parcel is hers.",
            "From: Berlin\nTo: Hamburg\nDate: 3 May\nIs that possible?",
            "> 3 pieces, please",
            "Sent via DHL, thanks",
            "first\n--\nsecond\n" + (1...12).map { "line \($0)" }.joined(separator: "\n"),
        ]
        for text in texts { XCTAssertEqual(ReplyText.visible(of: text), text) }
    }

    func testAnswersBetweenAndBelowQuotationsAreKept() {
        let text =
            "On Mon, 2 Nov 2026, Shop <shop@example.de> wrote:\n> Blue or red?\nBlue.\n> How many?\n\nTwo.\n-- \nAnn"

        XCTAssertEqual(ReplyText.visible(of: text), "Blue.\n\nTwo.")
    }

    func testATextThatIsAllQuotationShowsNothing() {
        XCTAssertEqual(ReplyText.visible(of: "> one\n> two\n"), "")
        XCTAssertEqual(ReplyText.visible(of: ""), "")
    }
}
