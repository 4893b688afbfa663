import Registry
import XCTest

final class MailAllowanceTests: XCTestCase {
    func testNoMoreMailsLeaveInADayThanTheTenantMaySendAndTheOthersWait() throws {
        var book = try Book().withMail(perHour: 100).under { $0.limits.mails = 2 }
        for seconds in [0, 60] as [Int64] {
            try book.queue(book.mail())
            var later = book
            later.occasion.at = Instant(seconds: Book.now.seconds + seconds)
            XCTAssertNil(try wait(later, .service))
            guard case .send(let departure) = try later.turn() else { return XCTFail("nothing was sent") }
            try later.settle(departure.mail.id, .sent)
        }
        let third = try book.queue(book.mail())
        book.occasion.at = Instant(seconds: Book.now.seconds + 120)

        let tomorrow = Instant(seconds: Book.now.seconds + 86_400)
        XCTAssertEqual(try book.turn(), .wait(until: tomorrow))
        XCTAssertEqual(try book.mail(third).state, .queued)
        XCTAssertEqual(try wait(book, .service), MailAllowance.Wait(setting: "limit.mails", until: tomorrow))
        book.occasion.at = tomorrow
        XCTAssertEqual(try book.turn().departing, third)
    }

    func testTheLaterOfTwoLimitsIsWaitedFor() throws {
        let book = try Book().withMail(perHour: 1).under { $0.limits.mails = 10 }
        try book.queue(book.mail())
        _ = try book.turn()

        XCTAssertEqual(
            try wait(book, .service),
            MailAllowance.Wait(setting: "mail.per_hour", until: Instant(seconds: Book.now.seconds + 3_600)))
        XCTAssertEqual(
            try wait(book.under { $0.limits.mails = 1 }, .marketing),
            MailAllowance.Wait(setting: "limit.mails", until: Instant(seconds: Book.now.seconds + 86_400)))
    }

    private func wait(_ book: Book, _ purpose: MailPurpose) throws -> MailAllowance.Wait? {
        try book.read { try MailAllowance($0, book.occasion).wait(for: purpose) }
    }
}
