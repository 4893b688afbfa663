import Registry
import Storage
import TestSupport
import XCTest

final class AttemptTests: XCTestCase {
    func testSoManyAttemptsAreLetThroughAndTheNextIsToldWhenToComeBack() throws {
        let book = try Book()

        for _ in 1...10 { try book.attempt(.password, of: "ann@example.org") }

        assertThrows(AttemptError.tooMany(retryAt: Instant(seconds: Book.now.seconds + 900))) {
            try book.attempt(.password, of: "ann@example.org")
        }
        try book.attempt(.password, of: "bo@example.org")
        try book.attempt(.signUp, of: "ann@example.org")
    }

    func testCountingBeginsAnewAfterItsTime() throws {
        let book = try Book()
        for _ in 1...10 { try book.attempt(.password, of: "ann@example.org") }

        try book.after(seconds: 900).attempt(.password, of: "ann@example.org")

        for _ in 1...9 { try book.after(seconds: 901).attempt(.password, of: "ann@example.org") }
        assertThrows(AttemptError.tooMany(retryAt: Instant(seconds: Book.now.seconds + 1_800))) {
            try book.after(seconds: 902).attempt(.password, of: "ann@example.org")
        }
    }

    func testWhoSucceedsBeginsAnew() throws {
        let book = try Book()
        for _ in 1...10 { try book.attempt(.password, of: "ann@example.org") }

        try book.write { try AttemptWriter($0, book.occasion).forget(.password, of: "ann@example.org") }

        try book.attempt(.password, of: "ann@example.org")
    }

    func testAnAttemptTakenBackIsFreeAgain() throws {
        let book = try Book()
        for _ in 1...10 { try book.attempt(.password, of: "ann@example.org") }

        try book.write { try AttemptWriter($0, book.occasion).uncount(.password, of: "ann@example.org") }

        try book.attempt(.password, of: "ann@example.org")
    }

    func testWhatIsCountedOnlyWhenItFailsIsRefusedOnceTheLimitIsReached() throws {
        let book = try Book()
        for _ in 1...59 { try book.attempt(.coupon, of: "till") }
        try book.admit(.coupon, of: "till")
        try book.attempt(.coupon, of: "till")

        assertThrows(AttemptError.tooMany(retryAt: Instant(seconds: Book.now.seconds + 360))) {
            try book.after(seconds: 359).admit(.coupon, of: "till")
        }

        try book.admit(.coupon, of: "shop")
        try book.after(seconds: 360).admit(.coupon, of: "till")
    }

    func testNobodysAddressIsKept() throws {
        let book = try Book()

        try book.attempt(.password, of: "ann@example.org")

        let kept = try book.read { try $0.all("SELECT subject FROM attempt") { $0.bytes(0) } }
        XCTAssertEqual(kept, [SHA256.hash(Array("ann@example.org".utf8))])
    }
}

extension Book {
    fileprivate func admit(_ attempt: Attempt, of subject: String) throws {
        try read { try AttemptReader($0, occasion).admit(attempt, of: subject) }
    }

    fileprivate func attempt(_ attempt: Attempt, of subject: String) throws {
        try write { try AttemptWriter($0, occasion).count(attempt, of: subject) }
    }
}
