import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class AccountTests: XCTestCase {
    func testACustomerEnteredByHandIsInvitedConfirmsAndSetsAPassword() throws {
        try withShop("\(shopWithLinks) signin=both") { _, connection in
            let customer = try connection.ok("customer.create name=Ann email=ann@example.org")
            XCTAssertEqual(customer.text("account"), "invited")
            let token = try connection.mailedToken("invitation")

            let entered = try connection.ok("account.accept token=\(token) password=\"correct horse\"")

            XCTAssertEqual(try connection.ok("customer.show 1").text("account"), "active")
            let session = try XCTUnwrap(entered.text("session"))
            XCTAssertEqual(try connection.ok("me.show session=\(session)").text("name"), "Ann")
            let second = try connection.ok("account.sign-in email=ANN@example.org password=\"correct horse\"")
            XCTAssertEqual(second.number("customer"), 1)
            XCTAssertEqual(
                try connection.refusal("account.accept token=\(token) password=\"correct horse\""), "410 used")
            XCTAssertEqual(
                try connection.refusal("account.sign-in email=ann@example.org password=wrong-horse"),
                "401 wrong-credentials")
        }
    }

    func testAnInvitationCanBeSentAgainAndTheEarlierOneIsGoodNoMore() throws {
        try withShop(shopWithLinks) { _, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            let first = try connection.mailedToken("invitation")

            XCTAssertEqual(try connection.ok("account.invite 1").text("account"), "invited")

            XCTAssertEqual(try connection.refusal("account.accept token=\(first)"), "410 used")
            let second = try connection.mailedToken("invitation")
            try connection.ok("account.accept token=\(second)")
            XCTAssertEqual(try connection.refusal("account.invite 1"), "409 account-active")
        }
    }

    func testWhereTheShopDoesNotWantItNobodyIsInvited() throws {
        try withShop("\(shopWithLinks) account.invite=false") { _, connection in
            XCTAssertEqual(try connection.ok("customer.create email=ann@example.org").text("account"), "none")
            XCTAssertEqual(try connection.rows("message.outbox"), [])
        }
    }

    func testALinkIsLookedAtAsOftenAsOneLikesAndSignsInOnce() throws {
        try withShop(shopWithLinks) { _, connection in
            try connection.ok(
                #"order.register channel=online-shop ext=1 total=9.00 customer={"email":"ann@example.org"}"#)
            let answer = try connection.ok("account.request-link email=Ann@Example.org")
            let token = try connection.mailedToken("sign-in")

            for _ in 1...3 {
                XCTAssertEqual(try connection.ok("account.peek token=\(token)").text("kind"), "account.sign-in")
            }
            let session = try XCTUnwrap(try connection.ok("account.redeem token=\(token)").text("session"))

            XCTAssertEqual(try connection.refusal("account.redeem token=\(token)"), "410 used")
            XCTAssertEqual(try connection.rows("me.orders session=\(session)").count, 1)
            XCTAssertEqual(try connection.ok("customer.show 1").text("account"), "active")
            XCTAssertEqual(answer, try connection.ok("account.request-link email=nobody@example.org"))
            XCTAssertEqual(try connection.rows("message.outbox kind=sign-in").count, 1)
        }
    }

    func testTheCodeBesideTheLinkSignsInAsWellAndUsesTheLinkUp() throws {
        try withShop(shopWithLinks) { _, connection in
            try connection.ok("customer.create email=ann@example.org")
            try connection.ok("account.request-link email=ann@example.org")
            let token = try connection.mailedToken("sign-in")
            let code = try connection.mailedCode()

            let session = try connection.ok("account.redeem code=\(code.lowercased())").text("session")

            XCTAssertNotNil(session)
            XCTAssertEqual(try connection.refusal("account.redeem code=\(code)"), "404 no-ticket")
            XCTAssertEqual(try connection.refusal("account.redeem token=\(token)"), "410 used")
        }
    }

    func testLinksToOneAddressAreSentSoOftenOnly() throws {
        try withShop(shopWithLinks) { _, connection in
            try connection.ok("customer.create email=ann@example.org")

            for _ in 1...5 {
                try connection.ok("account.request-link email=ann@example.org")
                try connection.ok("account.request-link email=nobody@example.org")
            }

            XCTAssertEqual(try connection.refusal("account.request-link email=ann@example.org"), "429 quota")
            XCTAssertEqual(try connection.refusal("account.request-link email=nobody@example.org"), "429 quota")
        }
    }

    func testWrongPasswordsAreCountedAndThenTheRightOneIsRefusedToo() throws {
        try withShop("\(shopWithLinks) signin=password") { _, connection in
            try connection.ok("customer.create email=ann@example.org")
            let token = try connection.mailedToken("invitation")
            try connection.ok("account.accept token=\(token) password=\"correct horse\"")

            for _ in 1...10 {
                XCTAssertEqual(
                    try connection.refusal("account.sign-in email=ann@example.org password=wrong-horse"),
                    "401 wrong-credentials")
            }

            XCTAssertEqual(
                try connection.refusal("account.sign-in email=ann@example.org password=\"correct horse\""), "429 quota")
        }
    }

    func testWhoIsDeniedOrDisabledIsSignedOutAndCannotComeBack() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")

            try connection.ok("customer.deny 1 reason=unpaid")

            XCTAssertEqual(try connection.refusal("me.show session=\(session)"), "401 no-session")
            try connection.ok("account.request-link email=ann@example.org")
            XCTAssertEqual(try connection.rows("message.outbox kind=sign-in").count, 1)
            try connection.ok("customer.allow 1")
            XCTAssertEqual(try connection.refusal("me.show session=\(session)"), "401 no-session")
        }
    }

    func testALinkThatWasOutBeforeTheDenialOpensNothing() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("me.update session=\(session) email=new@example.org")
            let token = try connection.mailedToken("email-change")

            try connection.ok("customer.deny 1 reason=fraud")

            XCTAssertEqual(try connection.refusal("account.confirm-email token=\(token)"), "410 used")
            XCTAssertEqual(
                try connection.refusal(
                    #"order.register channel=online-shop ext=1 total=1.00 customer={"email":"ann@example.org"}"#),
                "403 denied")
        }
    }

    func testADenialOutlivesErasureUntilItIsLifted() throws {
        try withShop(shopWithLinks) { _, connection in
            let order =
                #"order.register channel=online-shop ext=1 total=1.00 customer={"email":"ann@example.org"}"#
            try connection.ok("customer.create email=ann@example.org")
            try connection.ok("customer.deny 1 reason=fraud")
            try connection.ok("customer.erase 1")

            XCTAssertEqual(try connection.refusal(order), "403 denied")

            try connection.ok("customer.allow email=ann@example.org")
            try connection.ok(order)
        }
    }

    func testSigningUpMakesACustomerWithoutAnOrderWhoMustConfirm() throws {
        try withShop(shopWithLinks) { _, connection in
            let first = try connection.ok("account.sign-up email=ann@example.org name=Ann")
            XCTAssertEqual(try connection.ok("customer.show 1").text("account"), "unconfirmed")

            let again = try connection.ok("account.sign-up email=ANN@example.org name=Mallory")

            XCTAssertEqual(first, again)
            XCTAssertEqual(try connection.rows("customer.list").count, 1)
            XCTAssertEqual(try connection.ok("customer.show 1").text("name"), "Ann")
            let token = try connection.mailedToken("sign-up")
            try connection.ok("account.accept token=\(token)")
            XCTAssertEqual(try connection.ok("customer.show 1").text("account"), "active")
        }
    }

    func testAnImportedPasswordSignsInAndIsKeptAsAHashAlone() throws {
        try withShop("\(shopWithLinks) signin=both") { daemon, connection in
            let table = "Name,E-Mail,Password\nAnn,ann@example.org,correct horse 9\nBo,bo@example.org,short\n"

            let report = try connection.ask("customer.import text=\(JSON.string(table).text)")

            XCTAssertEqual(report.ok?.number("created"), 2, "\(report)")
            let signedIn = try connection.ok("account.sign-in email=ann@example.org password=\"correct horse 9\"")
            XCTAssertEqual(signedIn.number("customer"), 1)
            XCTAssertEqual(try connection.ok("account.show 2").text("account"), "none")
            daemon.stop()
            for file in ["registry.sqlite", "registry.sqlite-wal"] {
                let bytes = FileManager.default.contents(atPath: "\(daemon.tenants)/acme/\(file)") ?? Data()
                XCTAssertNil(bytes.range(of: Data("correct horse 9".utf8)), file)
            }
            XCTAssertFalse(daemon.log.contains("correct horse"))
        }
    }

    func testMailsAreWrittenInTheCustomersLanguage() throws {
        try withShop("\(shopWithLinks) locale=tr") { _, connection in
            try connection.ok("customer.create email=ann@example.org language=de")
            try connection.ok("customer.create email=bo@example.org language=en-GB")
            try connection.ok("customer.create email=can@example.org")

            let subjects = try connection.rows("message.outbox").map { $0.text("subject") }

            XCTAssertEqual(
                subjects, ["acme müşteri hesabınız", "Your account at acme", "Ihr Kundenkonto bei acme"])
        }
    }
}
