import StrictJSON
import TestSupport
import XCTest

final class UTF8CheckTests: XCTestCase {
    private func isWellFormed(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while index < buffer.count {
                let length = UTF8Check.length(in: buffer, at: index)
                if length == 0 { return false }
                index += length
            }
            return true
        }
    }

    func testItAgreesWithTheStandardLibrary() {
        let bytes: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
            0xEF,
            0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
        ]
        for first in bytes {
            for second in bytes {
                for third in bytes {
                    let three = [first, second, third]
                    XCTAssertEqual(isWellFormed(three), String(validating: three, as: UTF8.self) != nil, "\(three)")
                }
            }
        }
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<20_000 {
            let four = (0..<4).map { _ in bytes[generator.below(bytes.count)] }
            XCTAssertEqual(isWellFormed(four), String(validating: four, as: UTF8.self) != nil, "\(four)")
        }
    }

    func testEveryCharacterIsAsLongAsItIs() {
        for scalar: Unicode.Scalar in [
            "\0", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{10FFFF}",
        ] {
            let bytes = Array(String(scalar).utf8)
            XCTAssertEqual(bytes.withUnsafeBufferPointer { UTF8Check.length(in: $0, at: 0) }, bytes.count)
        }
    }
}
