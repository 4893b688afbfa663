import Registry
import TestSupport
import Transfer
import XCTest

/// Whatever bytes come: an address book is read or refused, in one piece and in many alike.
final class CardFuzzTests: XCTestCase {
    private static let seeds: [(CardFormat, String)] = [
        (
            .vCard,
            "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96z;A=\r\nnn\r\n"
                + "EMAIL;PREF:a@b.de\r\nADR;HOME:;;Weg 1;Ulm;;89073;DE\r\nAGENT:\r\nBEGIN:VCARD\r\nEND:VCARD\r\n"
                + "PHOTO;ENCODING=BASE64:\r\n QUJD\r\n\r\nEND:VCARD\r\n"
        ),
        (
            .vCard,
            "BEGIN:VCARD\nVERSION:4.0\nitem1.EMAIL;TYPE=\"home,pref\":ü@b.de\nBDAY:--0203\nCATEGORIES:a\\,b,c\n"
                + "TEL;VALUE=uri:tel:+49-30-1;ext=2\nNOTE:eins\\nzwei\n  drei\nORG:a\\;b;c\nEND:VCARD\n"
        ),
        (
            .ldif,
            "version: 1\n\ndn: cn=a,mail=a@b.de\nobjectclass: person\ncn:: w5Z6\nmail: a@b.de\nbirthyear: 1984\n"
                + "description: a\n  b\n# c\njpegPhoto:< file:///x\ncreateTimestamp: 20080618194706Z\n\ndn: cn=b\n-\n"
        ),
    ]
    private static let signs =
        Array("=:;,\\\"\r\n \t.<#-BEGINVCARDENDbegin2\u{0}\u{1B}".utf8) + [0x80, 0xC3, 0xFC, 0xFF]

    private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.below(6) where !bytes.isEmpty {
            let place = generator.below(bytes.count)
            switch generator.below(5) {
            case 0: bytes[place] = generator.pick(Self.signs)
            case 1: bytes.insert(generator.pick(Self.signs), at: place)
            case 2: bytes.remove(at: place)
            case 3: bytes.removeSubrange(place..<min(place + generator.below(20), bytes.count))
            default: bytes.insert(contentsOf: bytes[..<place].suffix(30), at: generator.below(bytes.count))
            }
        }
        return bytes
    }

    private func outcome(_ bytes: [UInt8], _ format: CardFormat, piece: Int) -> String {
        do {
            let table = try ReadTable(cards: bytes, format, charset: .latin1, piece: piece)
            return table.rows.map { "\($0.customer?.fields.email?.key ?? "-") \($0.remarks.map(\.reason))" }
                .joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    func testMutatedAddressBooksAreReadTheSameInOnePieceAndInMany() {
        var generator = SeededGenerator(seed: 2_026)
        for round in 0..<1_500 {
            let (format, text) = Self.seeds[round % Self.seeds.count]
            let bytes = mutated(Array(text.utf8), &generator)

            XCTAssertEqual(
                outcome(bytes, format, piece: .max), outcome(bytes, format, piece: 1 + generator.below(9)),
                "round \(round)")
        }
    }

    func testAnyBytesAreReadOrRefused() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<600 {
            let format: CardFormat = round.isMultiple(of: 2) ? .vCard : .ldif
            let head = format == .vCard ? "BEGIN:VCARD\n" : "dn: a\n"
            let bytes =
                Array(head.utf8)
                + (0..<generator.below(400)).map { _ in
                    generator.below(3) == 0 ? UInt8(generator.below(256)) : generator.pick(Self.signs)
                }

            _ = outcome(bytes, format, piece: .max)
            do {
                _ = try ReadTable(cards: bytes, format)
            } catch {
                XCTAssertTrue(error is CharsetError || error is ImportPlanError, "\(error)")
            }
        }
    }
}
