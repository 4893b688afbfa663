import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// What customers do for themselves once they are signed in.
final class OwnAccountTests: XCTestCase {
    func testAnOrderThatATelephoneNumberLedHereIsNotShown() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("me.update session=\(session) phone=+4915155500000")
            let sale = try connection.ok(
                #"order.register channel=online-shop ext=1 total=1.00 customer={"phone":"+4915155500000"}"#)
            XCTAssertEqual(sale.text("match"), "phone")

            XCTAssertEqual(try connection.rows("me.orders session=\(session)"), [])
        }
    }

    func testANumberThatSomebodyElseHasIsAContactAndLeadsToNobody() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("customer.create name=Bo phone=+4915155500000")
            let changed = try connection.ok("me.update session=\(session) phone=\"0151 55500000\" name=Ann")
            XCTAssertEqual(changed.text("phone"), "0151 55500000")
            try connection.ok("me.update session=\(session) name=Anna")

            let sale = try connection.ok(
                #"order.register channel=online-shop ext=1 total=1.00 customer={"phone":"+4915155500000"}"#)

            XCTAssertEqual(sale.text("match"), "phone")
            XCTAssertEqual(sale.number("customer"), 2)
            XCTAssertEqual(try connection.rows("customer.find phone=+4915155500000").map { $0.number("id") }, [2])
            XCTAssertEqual(try connection.ok("customer.show 1").text("phone"), "0151 55500000")
            try connection.ok("customer.update 2 phone=")
            try connection.ok("customer.update 1 phone=+4915155500000")
            XCTAssertEqual(try connection.rows("customer.find phone=+4915155500000").map { $0.number("id") }, [1])
        }
    }

    func testANumberGivenAtSignUpTakesNobodysPlaceEither() throws {
        try withShop(shopWithLinks) { _, connection in
            try connection.ok("customer.create name=Bo phone=+4915155500000")
            try connection.ok("account.sign-up email=ann@example.org phone=+4915155500000")
            try connection.ok("account.sign-up email=cy@example.org phone=+4915155500001")

            XCTAssertEqual(try connection.rows("customer.find phone=+4915155500000").map { $0.number("id") }, [1])
            XCTAssertEqual(try connection.rows("customer.find phone=+4915155500001").map { $0.number("id") }, [3])
        }
    }

    func testADeniedNumberIsDeniedWhoeverEntersIt() throws {
        try withShop(shopWithLinks) { _, connection in
            try connection.ok("customer.create name=Bo phone=+4915155500000")
            try connection.ok("customer.deny phone=+4915155500000 reason=fraud")

            try connection.ok("account.sign-up email=ann@example.org phone=+4915155500000")

            XCTAssertEqual(try connection.ok("customer.show 2").text("status"), "denied")
        }
    }

    func testWhatStaffWroteOfAnOrderIsNotForItsCustomer() throws {
        try withShop(shopWithLinks) { _, connection in
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

    func testACustomerChangesTheOwnDataAndTheAddressOnlyOnceItIsConfirmed() throws {
        try withShop(shopWithLinks) { _, connection in
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
        try withShop(shopWithLinks) { _, connection in
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
        try withShop(shopWithLinks) { _, connection in
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
        try withShop("\(shopWithLinks) signin=both") { _, connection in
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

    func testAPortalActsForSignedInCustomersAndSeesNobodyElse() throws {
        try withShop(shopWithLinks) { daemon, connection in
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
