import TestSupport
import XCTest

@testable import Registry

final class PasswordHashTests: XCTestCase {
    func testAPasswordFitsItsHashAndNoOther() throws {
        let hash = try PasswordHash(of: "süße Träume 9")

        XCTAssertTrue(hash.matches("süße Träume 9"))
        XCTAssertFalse(hash.matches("süße Träume 8"))
        XCTAssertFalse(hash.matches(""))
        XCTAssertTrue(hash.text.hasPrefix("$y$"), "yescrypt")
    }

    func testTheSamePasswordIsHashedDifferentlyEachTime() throws {
        XCTAssertNotEqual(try PasswordHash(of: "correct horse"), try PasswordHash(of: "correct horse"))
    }

    func testShortAndLongPasswordsAreRefused() {
        assertThrows(AccountError.weakPassword) { _ = try PasswordHash(of: "7 chars") }
        assertThrows(AccountError.weakPassword) { _ = try PasswordHash(of: "eight\0ch") }
        assertThrows(AccountError.longPassword) { _ = try PasswordHash(of: String(repeating: "ü", count: 256)) }
    }

    func testTheLongestPasswordCountsToItsLastByte() throws {
        let long = String(repeating: "x", count: PasswordHash.limit - 1)
        let hash = try PasswordHash(of: long + "a")

        XCTAssertTrue(hash.matches(long + "a"))
        XCTAssertFalse(hash.matches(long + "b"))
    }

    func testADamagedHashFitsNothing() {
        for text in ["", "x", "$y$", "*0", "$6$"] {
            XCTAssertFalse(PasswordHash(stored: text).matches("password"), text)
        }
    }
}
