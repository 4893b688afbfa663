import TestSupport
import Transfer
import XCTest

final class CharsetTests: XCTestCase {
    private func charset(_ bytes: [UInt8]) throws(CharsetError) -> Charset {
        var detector = CharsetDetector()
        detector.take(bytes)
        return try detector.charset()
    }

    private func decoded(_ bytes: [UInt8], _ charset: Charset, piece: Int = 1) throws -> String {
        var decoder = try CharsetDecoder(charset)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: piece) {
            text += try decoder.decode(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        try decoder.finish()
        return String(decoding: text, as: UTF8.self)
    }

    private func utf16(_ text: String, isBig: Bool, withMark: Bool) -> [UInt8] {
        ((withMark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit -> [UInt8] in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return isBig ? bytes.reversed() : bytes
        }
    }

    func testAByteOrderMarkDecidesAndIsLeftOut() throws {
        for (bytes, expected) in [
            (CSVWriter.byteOrderMark + Array("Name\nÖz".utf8), Charset.utf8),
            (utf16("Name\nÖz", isBig: false, withMark: true), .utf16LittleEndian),
            (utf16("Name\nÖz", isBig: true, withMark: true), .utf16BigEndian),
        ] {
            XCTAssertEqual(try charset(bytes), expected)
            XCTAssertEqual(try decoded(bytes, expected), "Name\nÖz")
            XCTAssertEqual(try decoded(bytes, expected, piece: 3), "Name\nÖz")
        }
    }

    func testUTF16WithoutAMarkIsTold() throws {
        for text in ["Name;E-Mail\r\nMüller;m@example.org\r\n", "名前,住所\r\n山田,東京都千代田区\r\n鈴木,大阪府\r\n"] {
            XCTAssertEqual(try charset(utf16(text, isBig: false, withMark: false)), .utf16LittleEndian, text)
            XCTAssertEqual(try charset(utf16(text, isBig: true, withMark: false)), .utf16BigEndian, text)
        }
    }

    func testValidUTF8IsUTF8() throws {
        XCTAssertEqual(try charset(Array("Müller, Işık, 名前, 😀".utf8)), .utf8)
        XCTAssertEqual(try charset([]), .utf8)
        XCTAssertEqual(try charset(Array("a,b\u{0},c".utf8)), .utf8)
    }

    func testADoubtfulCharsetIsAskedForWithTheWordsThatDecide() throws {
        let bytes: [UInt8] = Array("Ad;Soyad\nAy".utf8) + [0xFE] + Array("e;Y".utf8) + [0xFD] + Array("lmaz\n".utf8)

        XCTAssertThrowsError(try charset(bytes)) { error in
            guard case .doubtful(let readings) = error as? CharsetError else { return XCTFail("\(error)") }
            XCTAssertEqual(readings.first { $0.charset == .windows1254 }?.words, ["Ayşe", "Yılmaz"])
            XCTAssertEqual(readings.first { $0.charset == .windows1252 }?.words, ["Ayþe", "Yýlmaz"])
            XCTAssertEqual(readings.first { $0.charset == .macintosh }?.words, ["Ay˛e", "Y˝lmaz"])
        }
    }

    func testWhatTheCharsetDoesNotAllowIsAnError() throws {
        assertThrows(CharsetError.malformed(.utf8)) { _ = try decoded([0x41, 0xFC, 0x42], .utf8) }
        assertThrows(CharsetError.malformed(.utf8)) { _ = try decoded([0x41, 0xC3], .utf8) }
        assertThrows(CharsetError.malformed(.utf8)) { _ = try decoded([0xED, 0xA0, 0x80], .utf8) }
        assertThrows(CharsetError.malformed(.utf16LittleEndian)) { _ = try decoded([0x41], .utf16LittleEndian) }
        assertThrows(CharsetError.malformed(.windows1252)) { _ = try decoded([0x81], .windows1252) }
    }

    func testEveryCharsetIsKnownToTheSystemAndByItsOtherNames() throws {
        for charset in Charset.allCases {
            XCTAssertEqual(Charset(named: charset.rawValue.uppercased()), charset)
            _ = try CharsetDecoder(charset)
        }
        XCTAssertEqual(Charset(named: "Latin1"), .latin1)
        XCTAssertEqual(Charset(named: "CP1254"), .windows1254)
        XCTAssertEqual(Charset(named: "UTF8"), .utf8)
        XCTAssertNil(Charset(named: "klingon"))
    }

    func testAnyPiecesDecodeAlike() throws {
        let text = "Ünlü, Iğdır; ßtraße\r\n😀 名前"
        var generator = SeededGenerator(seed: 16)
        for (bytes, charset) in [
            (Array(text.utf8), Charset.utf8), (utf16(text, isBig: false, withMark: true), .utf16LittleEndian),
        ] {
            for _ in 0..<50 {
                XCTAssertEqual(try decoded(bytes, charset, piece: 1 + generator.below(9)), text)
            }
        }
    }
}
