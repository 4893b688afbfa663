import Registry
import XCTest

final class SHA256Tests: XCTestCase {
    // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
    func testHashesAgreeWithThePublishedVectors() {
        for (text, hash) in [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
                    + "nopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ] {
            XCTAssertEqual(Hexadecimal.text(SHA256.hash(Array(text.utf8))), hash)
        }
    }

    func testAMillionLettersAgreeWithThePublishedVector() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)

        XCTAssertEqual(
            Hexadecimal.text(SHA256.hash(letters)), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    func testPiecesOfAnySizeGiveTheHashOfTheWhole() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        for size in [1, 3, 55, 56, 63, 64, 65, 128, 299] {
            var digest = SHA256Digest()
            for start in stride(from: 0, to: bytes.count, by: size) {
                Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBufferPointer { digest.update($0) }
            }

            XCTAssertEqual(digest.finish(), SHA256.hash(bytes), "\(size)")
            XCTAssertEqual(digest.finish(), digest.finish())
        }
    }

    func testFieldsCannotRunTogether() {
        func hash(_ texts: String...) -> [UInt8] {
            var digest = SHA256Digest()
            for text in texts { digest.update(text) }
            return digest.finish()
        }

        XCTAssertEqual(hash("ab", "c"), hash("ab", "c"))
        XCTAssertNotEqual(hash("ab", "c"), hash("a", "bc"))
        XCTAssertNotEqual(hash("abc"), hash("abc", ""))
    }

    func testANumberIsItsLengthAndItsBytes() {
        var digest = SHA256Digest()
        digest.update(Int64(-2))
        digest.update("é")

        let number: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE]
        let text: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 2, 0xC3, 0xA9]
        XCTAssertEqual(digest.finish(), SHA256.hash(number + text))
    }
}
