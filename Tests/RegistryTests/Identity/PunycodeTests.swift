import TestSupport
import XCTest

@testable import Registry

final class PunycodeTests: XCTestCase {
    // https://www.rfc-editor.org/rfc/rfc3492#section-7.1
    func testLabelsAgreeWithTheSamplesOfTheStandard() throws {
        for (label, punycode) in [
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"), ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"), ("-> $1.00 <-", "-> $1.00 <--"), ("bücher", "bcher-kva"),
        ] {
            XCTAssertEqual(Punycode.encode(Array(label.unicodeScalars)), punycode)
            XCTAssertEqual(Punycode.decode(punycode.utf8), Array(label.unicodeScalars))
        }
    }

    func testWhatWasEncodedIsDecodedAgain() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            let label = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                let shift = UInt32.random(in: 0...14, using: &random)
                return Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &random) >> shift)
            }
            let encoded = try XCTUnwrap(Punycode.encode(label))

            XCTAssertEqual(Punycode.decode(encoded.utf8), label)
        }
    }

    func testMalformedPunycodeIsRefused() {
        for text in ["0", "99999999", "é", "-_", "zzzzzzzzzzzzzz", "abc-!"] {
            XCTAssertNil(Punycode.decode(text.utf8), text)
        }
    }
}
