import Foundation
import TestSupport
import XCTest

@testable import Transfer

final class RealMailTests: XCTestCase {
    /// All mails of a folder of the test data, in the order of their names.
    static func mails(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = try RealData.url(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { $0.hasSuffix(".eml") || $0.hasSuffix(".raw") }.map {
            ($0, Array(try Data(contentsOf: folder.appendingPathComponent($0))))
        }
    }

    func testNoLineOfARealMailIsLost() throws {
        var lines = 0
        for folder in ["mail-mime/enmime", "mail-mime/mail-gem", "mail-bounces", "mail-replies/talon"] {
            for (name, bytes) in try RealMailTests.mails(folder) {
                let parts = try MailParser.parse(bytes).root.all
                var kept = Set<[UInt8]>()
                for part in parts {
                    for line in (part.children.isEmpty ? part.raw : part.surroundings).split(separator: 0x0A) {
                        kept.insert(trimmed(line))
                    }
                    // The mail within an encoded one is read from what the encoding hides.
                    if part.type.hasPrefix("message/") {
                        for line in part.raw.split(separator: 0x0A) { kept.insert(trimmed(line)) }
                    }
                }
                let header = parts.flatMap(\.header.fields).map { "\($0.name):\($0.value)" }.joined(separator: "\n")
                let fields = squeezed(Array(header.utf8)[...])
                for line in bytes.split(separator: 0x0A) {
                    let line = trimmed(line)
                    if line.isEmpty || line.starts(with: "--".utf8) || line.starts(with: "From ".utf8) { continue }
                    lines += 1
                    if kept.contains(line) { continue }
                    let text = squeezed(Array(MailCharset.text(line, named: "").utf8)[...])
                    XCTAssertNotNil(
                        String(decoding: fields, as: UTF8.self).range(
                            of: String(decoding: text, as: UTF8.self), options: .literal),
                        "\(name): \(String(decoding: line, as: UTF8.self))")
                }
            }
        }
        print("real mails: all \(lines) lines of text and header are kept")
    }

    func testMailsDamagedAtRandomAreReadWithoutHarm() throws {
        var random = SeededGenerator(seed: 20)
        let mails = try RealMailTests.mails("mail-mime/enmime") + RealMailTests.mails("mail-mime/mail-gem")
        for round in 0..<250 {
            var bytes = random.pick(mails).bytes
            if bytes.count > 8000 { bytes = Array(bytes.prefix(8000)) }
            for _ in 0...random.below(20) {
                guard !bytes.isEmpty else { break }
                let place = random.below(bytes.count)
                switch random.below(4) {
                case 0: bytes[place] = UInt8(random.below(256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(contentsOf: random.pick(pieces).utf8, at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(40)))
                }
            }

            let mail = try MailParser.parse(bytes)

            XCTAssertLessThanOrEqual(mail.root.all.count, 500, "round \(round)")
            XCTAssertLessThanOrEqual(
                ReplyText.visible(of: mail.text).utf8.count, mail.text.utf8.count, "round \(round)")
            _ = BounceReport(mail)
            _ = AutomaticMail.isAutomatic(mail)
        }
    }

    private let pieces = [
        "\n\n", "\n", "\r\n--", "--", "=?utf-8?B?", "?=", "=?utf-8?Q?=ff?=", "<", ">", "<div class=", "<!--",
        "&#x110000;",
        "Content-Type: multipart/mixed; boundary=\n", "boundary=", "\"", "(", ";", ">> ", "On Mon wrote:\n", "\0",
        "=\n", "\u{FEFF}",
        "Content-Type: message/rfc822\n\n", "name*0*=utf-7''%", "charset=utf-16\n",
    ]

    private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
        var rest = line
        while let last = rest.last, last == 0x0D || last == 0x20 || last == 0x09 { rest = rest.dropLast() }
        return Array(rest.drop { $0 == 0x20 || $0 == 0x09 })
    }

    private func squeezed(_ bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.filter { $0 > 0x20 } }
}
