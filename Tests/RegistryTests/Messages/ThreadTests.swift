import Foundation
import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class ThreadTests: XCTestCase {
    func testAMessageIsQueuedAsAMailThatLeadsBackToItsConversation() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")

        let message = try book.send("Your mug is ready", to: ann, subject: "Your mug")

        XCTAssertEqual(message.author, "staff:lena")
        XCTAssertEqual(message.mailState, .queued)
        XCTAssertFalse(message.isIncoming)
        guard case .send(let departure) = try book.turn() else { return XCTFail("nothing was sent") }
        XCTAssertEqual(departure.mail.subject, "Your mug")
        XCTAssertFalse(departure.isAutomatic)
        XCTAssertEqual(departure.references, [])
        let reply = try XCTUnwrap(departure.replyTo?.spelling)
        XCTAssertTrue(reply.hasPrefix("reply+") && reply.hasSuffix("@acme.example"), reply)
        XCTAssertNotEqual(reply, departure.returnPath.spelling)
        XCTAssertEqual(try book.timeline().last?.topic, "message.sent")
        XCTAssertFalse(try XCTUnwrap(book.timeline().last).data.text.contains("mug"))
    }

    func testTheReplyTokenDecidesTheConversationAndNeverTheSubject() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let first = try book.send("One", to: ann, subject: "Your mug")
        let second = try book.send("Two", to: ann, subject: "Your cup")

        var answer = try book.incoming(from: "Ann@Example.org", to: [book.reply(to: first).uppercased()])
        answer.subject = "Re: Your cup"
        guard case .conversation(let message, false) = try book.receive(answer) else { return XCTFail("not taken") }

        XCTAssertEqual(message.thread, first.thread)
        XCTAssertNotEqual(message.thread, second.thread)
        XCTAssertFalse(message.isFromOther)
        XCTAssertFalse(message.isRead)
        XCTAssertEqual(try book.unreadThreads(), [first.thread])
        XCTAssertEqual(try book.timeline().last?.topic, "message.received")
        XCTAssertEqual(try book.timeline().last?.customer, ann)
    }

    func testAnAnswerFromAnotherAddressIsMarked() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        try book.create(name: "Bo", email: "bo@example.org")
        let sent = try book.send("One", to: ann, subject: "Your mug")

        let receipt = try book.receive(book.incoming(from: "bo@example.org", to: [book.reply(to: sent)]))

        guard case .conversation(let message, false) = receipt else { return XCTFail("not taken") }
        XCTAssertEqual(message.customer, ann)
        XCTAssertTrue(message.isFromOther)
    }

    func testAWrongTokenCountsForNothing() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let sent = try book.send("One", to: ann, subject: "Your mug")
        let forged = "reply+\(String(repeating: "0", count: 32))@acme.example"

        let known = try book.receive(book.incoming(from: "ann@example.org", to: [forged], id: "a@x"))
        let unknown = try book.receive(
            book.incoming(from: "eve@example.org", to: [forged, "reply+%@acme.example"], id: "b@x"))

        guard case .conversation(let message, true) = known else { return XCTFail("not taken") }
        XCTAssertNotEqual(message.thread, sent.thread)
        guard case .unassigned = unknown else { return XCTFail("taken for somebody") }
    }

    func testWithoutATokenOneOfOurMessageIDsCountsOnlyFromTheCustomersOwnAddress() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let sent = try book.send("One", to: ann, subject: "Your mug")
        let id = try book.mail(try XCTUnwrap(sent.mail)).messageID

        var own = try book.incoming(from: "ann@example.org", to: ["shop@acme.example"], id: "a@x")
        own.references = ["other@x", id]
        var others = try book.incoming(from: "eve@example.org", to: ["shop@acme.example"], id: "b@x")
        others.references = [id]

        guard case .conversation(let message, false) = try book.receive(own) else { return XCTFail("not taken") }
        XCTAssertEqual(message.thread, sent.thread)
        guard case .unassigned = try book.receive(others) else { return XCTFail("taken for somebody") }
    }

    func testAKnownSenderOpensAConversationAndAnUnknownOneWaitsForStaff() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")

        let opened = try book.receive(book.incoming(from: "ann@example.org", to: ["shop@acme.example"], id: "a@x"))
        let kept = try book.receive(book.incoming(from: "eve@example.org", to: ["shop@acme.example"], id: "b@x"))

        guard case .conversation(let message, true) = opened else { return XCTFail("not taken") }
        XCTAssertEqual(message.customer, ann)
        guard case .unassigned(let waiting) = kept else { return XCTFail("taken for somebody") }
        XCTAssertNil(waiting.customer)
        let assigned = try book.write { try ThreadWriter($0, book.occasion).assign(waiting.id, to: ann, in: nil) }
        XCTAssertEqual(assigned.customer, ann)
        XCTAssertTrue(assigned.isFromOther)
        XCTAssertEqual(try book.unreadThreads().count, 2)
        assertThrows(MessageError.noMessage) {
            try book.write { try ThreadWriter($0, book.occasion).discard(waiting.id) }
        }
        assertThrows(MessageError.noMessage) {
            try book.write { _ = try ThreadWriter($0, book.occasion).assign(waiting.id, to: ann, in: nil) }
        }
    }

    func testSeveralCustomersAtOneAddressAreNotGuessedAmong() throws {
        let book = try Book().withMail().under { $0.sharesEmail = true }
        try book.create(name: "Ann", email: "home@example.org")
        try book.create(name: "Bo", email: "home@example.org")

        let receipt = try book.receive(book.incoming(from: "home@example.org", to: ["shop@acme.example"]))

        guard case .unassigned = receipt else { return XCTFail("taken for somebody") }
    }

    func testTheSameMailTwiceIsTakenOnce() throws {
        let book = try Book().withMail()
        try book.create(name: "Ann", email: "ann@example.org")
        let mail = try book.incoming(from: "ann@example.org", to: ["shop@acme.example"])
        guard case .conversation(let first, true) = try book.receive(mail) else { return XCTFail("not taken") }

        XCTAssertEqual(try book.receive(mail), .repeated(first))
        XCTAssertEqual(try book.unreadThreads().count, 1)
    }

    func testAnAutomaticAnswerOpensNoConversationAndIsNothingUnread() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let sent = try book.send("One", to: ann, subject: "Your mug")
        var away = try book.incoming(from: "ann@example.org", to: [book.reply(to: sent)], id: "a@x")
        away.report = .automaticAnswer
        var stray = try book.incoming(from: "ann@example.org", to: ["shop@acme.example"], id: "b@x")
        stray.report = .automaticAnswer

        guard case .conversation(let message, false) = try book.receive(away) else { return XCTFail("not taken") }
        XCTAssertTrue(message.isAutomatic)
        XCTAssertTrue(message.isRead)
        XCTAssertEqual(try book.receive(stray), .ignored)
        XCTAssertEqual(try book.unreadThreads(), [])
    }

    func testAMailThatComesBackIsBouncedAndNothingMoreGoesThere() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        try book.consent(ann, isGranted: true)
        let sent = try XCTUnwrap(book.send("One", to: ann, subject: "Your mug").mail)
        guard case .send(let departure) = try book.turn() else { return XCTFail("nothing was sent") }
        try book.settle(sent, .sent)

        var soft = try book.incoming(from: "MAILER-DAEMON@example.org", to: [departure.returnPath.spelling], id: "a@x")
        soft.report = .softBounce
        XCTAssertEqual(try book.receive(soft), .bounce(sent))
        XCTAssertEqual(try book.mail(sent).state, .sent)
        var hard = try book.incoming(from: "MAILER-DAEMON@example.org", to: ["shop@acme.example"], id: "b@x")
        hard.references = [try book.mail(sent).messageID]
        hard.report = .hardBounce
        XCTAssertEqual(try book.receive(hard), .bounce(sent))

        XCTAssertEqual(try book.mail(sent).state, .bounced)
        XCTAssertFalse(try book.customer(ann).isSubscribed)
        XCTAssertEqual(try book.customer(ann).consent.first?.status, .bounced)
        hard.messageID = "c@x"
        hard.references = ["unknown@x"]
        XCTAssertEqual(try book.receive(hard), .ignored)
    }

    func testAComplaintEndsEveryAdvertisingButOnlyWithAMailOfOurs() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org", phone: "+4930123456")
        try book.consent(ann, isGranted: true)
        try book.say(true, by: ann, .sms)
        let sent = try book.send("One", to: ann, subject: "Your mug")
        let mail = try book.mail(XCTUnwrap(sent.mail))
        var complaint = try book.incoming(from: "feedback@provider.example", to: ["shop@acme.example"])
        complaint.report = .complaint

        guard case .ignored = try book.receive(complaint) else { return XCTFail("taken without a mail of ours") }
        XCTAssertEqual(try book.newsletter(ann), .subscribed)
        complaint.messageID = "another@provider.example"
        complaint.references = [mail.messageID]
        XCTAssertEqual(try book.receive(complaint), .complaint(mail.id))

        let states = try book.read { try ConsentReader($0).states(of: ann).map(\.status) }
        XCTAssertEqual(states, [.unsubscribed, .unsubscribed])
        XCTAssertEqual(
            try book.read { try ConsentReader($0).evidence(of: ann).compactMap(\.origin) }.suffix(2),
            ["complaint", "complaint"])
        let again = try book.create(name: "Ann", phone: "+49301234567")
        XCTAssertEqual(try book.newsletter(again), nil)
    }

    func testOneOfOurOwnMailsThatComesInIsIgnored() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let sent = try book.send("One", to: ann, subject: "Your mug")
        let id = try book.mail(try XCTUnwrap(sent.mail)).messageID

        let receipt = try book.receive(
            book.incoming(from: Book.sender, to: [book.reply(to: sent)], id: id))

        XCTAssertEqual(receipt, .ignored)
    }

    func testAConversationIsReadAndGoesOnWithItsReferences() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let sent = try book.send("One", to: ann, subject: "Your mug")
        let thread = try XCTUnwrap(sent.thread)
        _ = try book.receive(book.incoming(from: "ann@example.org", to: [book.reply(to: sent)], id: "a@x"))

        let read = try book.write { try ThreadWriter($0, book.occasion).read(thread) }
        XCTAssertEqual(read.unread, 0)
        let next = try book.send("Two", to: ann, subject: nil, in: thread)

        XCTAssertEqual(next.subject, "Your mug")
        let first = try XCTUnwrap(sent.mail)
        XCTAssertEqual(try book.turn().departing, first)
        try book.settle(first, .sent)
        guard case .send(let departure) = try book.turn() else { return XCTFail("nothing was sent") }
        XCTAssertEqual(departure.references, [try book.mail(first).messageID, "a@x"])
        XCTAssertEqual(
            try book.read { try ThreadReader($0).messages(of: ann, before: .max, limit: 10).map(\.text) },
            ["Two", "Hello", "One"])
    }

    func testWhatCannotBeSentIsRefused() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let bo = try book.create(name: "Bo", phone: "01711234567")
        let thread = try book.send("One", to: ann, subject: "Your mug").thread

        assertThrows(MessageError.noAddress) { try book.send("x", to: bo, subject: "x") }
        assertThrows(CustomerError.notFound) { try book.send("x", to: CustomerID(rawValue: 99), subject: "x") }
        assertThrows(MessageError.noThread) { try book.send("x", to: ann, subject: "x", in: ThreadID(rawValue: 99)) }
        assertThrows(MessageError.noAddress) { try book.send("x", to: bo, subject: "x", in: thread) }
        assertThrows(MessageError.badSubject) { try book.send("x", to: ann, subject: "a\nBcc: b@example.org") }
        assertThrows(MessageError.blank) { try book.send(" ", to: ann, subject: "x") }
    }

    func testOnlyTheLastThousandUnassignedMailsAreKept() throws {
        let book = try Book().withMail()
        try book.write { transaction in
            for number in 0..<1_002 {
                _ = try ThreadWriter(transaction, book.occasion).receive(
                    book.incoming(from: "eve@example.org", to: [], id: "\(number)@x"))
            }
        }

        let kept = try book.read { try ThreadReader($0).unassigned(before: .max, limit: 2_000) }
        XCTAssertEqual(kept.count, 1_000)
        XCTAssertEqual(kept.last?.id.rawValue, 3)
    }

    func testAHugeTextIsCutAtAWholeCharacter() throws {
        let book = try Book().withMail()
        var mail = try book.incoming(from: "eve@example.org", to: [])
        mail.text = String(repeating: "ä€", count: 40_000)
        mail.fullText = mail.text

        guard case .unassigned(let message) = try book.receive(mail) else { return XCTFail("taken for somebody") }

        XCTAssertTrue(mail.text.hasPrefix(message.text))
        XCTAssertTrue((65_530...65_536).contains(message.text.utf8.count))
        XCTAssertEqual(message.fullText?.utf8.count, 200_000)
    }
}
