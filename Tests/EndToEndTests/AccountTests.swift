import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class AccountTests: XCTestCase {
    private static let settings =
        "currency=EUR country=DE link.url=https://shop.example/{action}/{token}"

    func testACustomerEnteredByHandIsInvitedConfirmsAndSetsAPassword() throws {
        try withShop("\(Self.settings) signin=both") { _, connection in
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
        try withShop(Self.settings) { _, connection in
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
        try withShop("\(Self.settings) account.invite=false") { _, connection in
            XCTAssertEqual(try connection.ok("customer.create email=ann@example.org").text("account"), "none")
            XCTAssertEqual(try connection.rows("message.outbox"), [])
        }
    }

    func testALinkIsLookedAtAsOftenAsOneLikesAndSignsInOnce() throws {
        try withShop(Self.settings) { _, connection in
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
        try withShop(Self.settings) { _, connection in
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
        try withShop(Self.settings) { _, connection in
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
        try withShop("\(Self.settings) signin=password") { _, connection in
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
        try withShop(Self.settings) { _, connection in
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
        try withShop(Self.settings) { _, connection in
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
        try withShop(Self.settings) { _, connection in
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

    func testAnOrderThatATelephoneNumberLedHereIsNotShown() throws {
        try withShop(Self.settings) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("me.update session=\(session) phone=+4915155500000")
            let sale = try connection.ok(
                #"order.register channel=online-shop ext=1 total=1.00 customer={"phone":"+4915155500000"}"#)
            XCTAssertEqual(sale.text("match"), "phone")

            XCTAssertEqual(try connection.rows("me.orders session=\(session)"), [])
        }
    }

    func testWhatStaffWroteOfAnOrderIsNotForItsCustomer() throws {
        try withShop(Self.settings) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok(
                #"order.register channel=manual ext=1 customer=1 total=3.00 details={"source":"phone","note":"MEMO"}"#)

            let seen = [
                try connection.rows("me.orders session=\(session)"), try connection.rows("customer.data 1"),
                try connection.rows("customer.print 1 level=customer"),
                try connection.rows("customer.print 1 level=authority"),
            ]

            for rows in seen { XCTAssertFalse(rows.isEmpty || rows.contains { $0.text.contains("MEMO") }) }
            XCTAssertTrue(
                try connection.rows("customer.print 1 level=authority notes=true").contains { $0.text.contains("MEMO") }
            )
            XCTAssertTrue(try connection.ok("order.show 1").text.contains("MEMO"))
        }
    }

    func testSigningUpMakesACustomerWithoutAnOrderWhoMustConfirm() throws {
        try withShop(Self.settings) { _, connection in
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

    func testACustomerChangesTheOwnDataAndTheAddressOnlyOnceItIsConfirmed() throws {
        try withShop(Self.settings) { _, connection in
            let session = try connection.signIn("ann@example.org")

            let changed = try connection.ok("me.update session=\(session) name=\"Ann Öz\" email=new@example.org")
            XCTAssertEqual(changed.text("name"), "Ann Öz")
            XCTAssertEqual(changed.text("email"), "ann@example.org")
            XCTAssertEqual(changed.text("pending_email"), "new@example.org")
            try connection.ok("account.confirm-email token=\(try connection.mailedToken("email-change"))")

            XCTAssertEqual(try connection.ok("me.show session=\(session)").text("email"), "new@example.org")
            XCTAssertEqual(
                try connection.rows("message.outbox kind=email-changed").map { $0.text("to") }, ["ann@example.org"])
        }
    }

    func testTheAddressOfAnAccountChangesAsTheShopSays() throws {
        try withShop(Self.settings) { _, connection in
            let session = try connection.signIn("ann@example.org")

            let asked = try connection.ok("customer.update 1 email=b@example.org")
            XCTAssertEqual(asked.text("email"), "ann@example.org")
            XCTAssertEqual(try connection.ok("account.show 1").text("pending_email"), "b@example.org")
            try connection.ok("tenant.set email.change=staff")
            XCTAssertEqual(
                try connection.refusal("me.update session=\(session) email=c@example.org"), "422 email-fixed")
            XCTAssertEqual(
                try connection.ok("customer.update 1 email=c@example.org").text("email"), "c@example.org")
            try connection.ok("tenant.set email.change=never")
            XCTAssertEqual(try connection.refusal("customer.update 1 email=d@example.org"), "422 email-fixed")
            XCTAssertEqual(try connection.ok("customer.show 1").text("email"), "c@example.org")
        }
    }

    func testACustomerWhoEndsTheAccountIsGoneFromItAndTheShopIsToldByMail() throws {
        try withShop(Self.settings) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("tenant.set mail.from=shop@example.org")
            XCTAssertEqual(try connection.refusal("me.delete session=\(session) confirm=false"), "400 bad-value")

            try connection.ok("me.delete session=\(session) confirm=true")

            XCTAssertEqual(try connection.refusal("me.show session=\(session)"), "401 no-session")
            XCTAssertEqual(try connection.ok("customer.show 1").text("account"), "none")
            XCTAssertEqual(
                try connection.rows("message.outbox kind=account-left").map { $0.text("to") }, ["shop@example.org"])
        }
    }

    func testNewPasswordsNeedTheOldOneAndEndEveryOtherSession() throws {
        try withShop("\(Self.settings) signin=both") { _, connection in
            let session = try connection.signIn("ann@example.org")
            let first = try connection.ok("me.password session=\(session) password=\"correct horse\"")
            let second = try XCTUnwrap(first.text("session"))

            XCTAssertEqual(try connection.refusal("me.show session=\(session)"), "401 no-session")
            XCTAssertEqual(
                try connection.refusal("me.password session=\(second) password=\"battery staple\""),
                "401 wrong-credentials")
            try connection.ok("me.password session=\(second) password=\"battery staple\" current=\"correct horse\"")
            try connection.ok("account.sign-in email=ann@example.org password=\"battery staple\"")
        }
    }

    func testAnImportedPasswordSignsInAndIsKeptAsAHashAlone() throws {
        try withShop("\(Self.settings) signin=both") { daemon, connection in
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
        try withShop("\(Self.settings) locale=tr") { _, connection in
            try connection.ok("customer.create email=ann@example.org language=de")
            try connection.ok("customer.create email=bo@example.org language=en-GB")
            try connection.ok("customer.create email=can@example.org")

            let subjects = try connection.rows("message.outbox").map { $0.text("subject") }

            XCTAssertEqual(
                subjects, ["acme müşteri hesabınız", "Your account at acme", "Ihr Kundenkonto bei acme"])
        }
    }

    func testAPortalActsForSignedInCustomersAndSeesNobodyElse() throws {
        try withShop(Self.settings) { daemon, connection in
            let session = try connection.signIn("ann@example.org")
            let token = try XCTUnwrap(try connection.ok("token.create role=portal").text("token"))
            let portal = try daemon.connect()
            try portal.ok("auth \(token)")

            XCTAssertEqual(try portal.ok("me.show session=\(session)").text("email"), "ann@example.org")
            XCTAssertEqual(try portal.refusal("customer.show 1"), "403 forbidden")
            XCTAssertEqual(try portal.refusal("message.outbox"), "403 forbidden")
            XCTAssertEqual(try portal.refusal("account.show 1"), "403 forbidden")
        }
    }
}

extension ControlConnection {
    /// The token in the link of the newest mail of a kind.
    fileprivate func mailedToken(_ kind: String) throws -> String {
        let text = try newestMail(kind)
        let link = try XCTUnwrap(
            text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("https://shop.example/") })
        return String(try XCTUnwrap(link.split(separator: "/").last))
    }

    /// A link is sent behind the answer that promises it, so it may take a moment.
    private func newestMail(_ kind: String) throws -> String {
        // 2 ms a time: 20 s at most.
        for _ in 1...10_000 {
            if let mail = try rows("message.outbox kind=\(kind) limit=1").first { return mail.text("text") ?? "" }
            usleep(2_000)
        }
        return try XCTUnwrap(nil, "no mail of the kind \(kind)")
    }

    /// The code in the newest mail to sign in with.
    fileprivate func mailedCode() throws -> String {
        let text = try newestMail("sign-in")
        let code = text.split(whereSeparator: \.isWhitespace).first {
            $0.utf8.count == 9 && $0.dropFirst(4).first == "-"
        }
        return String(try XCTUnwrap(code))
    }

    /// Makes a customer and signs in by link.
    fileprivate func signIn(_ email: String) throws -> String {
        try ok("customer.create email=\(email)")
        try ok("account.request-link email=\(email)")
        return try XCTUnwrap(try ok("account.redeem token=\(try mailedToken("sign-in"))").text("session"))
    }
}
