import StrictJSON
import TestSupport
import XCTest

/// What must hold of every value and every text.
final class JSONPropertyTests: XCTestCase {
    private static let strings = [
        "", "a", "id", "Ann Öz", "\u{0}\u{1F}\"\\/\n\r\t\u{8}\u{C}", "😀 €", "\u{10FFFF}", "e\u{301}", "\u{E9}",
        "\u{7F}\u{80}",
        "a text of more than fifteen bytes", "\u{2028}",
    ]
    private static let numbers = [
        "0", "-0", "1", "-12", "1.50", "9.95", "1e9", "-1.5E-20", "123456789012345678901234567890",
    ]

    private func value(_ generator: inout SeededGenerator, depth: Int) -> JSON {
        switch generator.below(depth == 0 ? 4 : 6) {
        case 0: .null
        case 1: .bool(generator.below(2) == 0)
        case 2: .number(Self.numbers[generator.below(Self.numbers.count)])
        case 3: .string(Self.strings[generator.below(Self.strings.count)])
        case 4: .array((0..<generator.below(4)).map { _ in value(&generator, depth: depth - 1) })
        default: .object((0..<generator.below(4)).map { _ in member(&generator, depth: depth - 1) })
        }
    }

    private func member(_ generator: inout SeededGenerator, depth: Int) -> JSON.Member {
        JSON.Member(name: Self.strings[generator.below(Self.strings.count)], value: value(&generator, depth: depth))
    }

    func testWhatIsWrittenIsReadBackEqual() throws {
        var generator = SeededGenerator(seed: 8259)
        for _ in 0..<3000 {
            let original = value(&generator, depth: 4)

            let text = original.text

            XCTAssertEqual(try JSON(parsing: text), original, text)
            XCTAssertFalse(text.utf8.contains { $0 < 0x20 }, text)
        }
    }

    func testCanonicalTextDoesNotDependOnTheOrderOfMembers() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<1000 {
            let members = (0..<6).map { JSON.Member(name: "n\($0)", value: value(&generator, depth: 2)) }

            let one = JSON.object(members.shuffled(using: &generator)).canonical
            let other = JSON.object(members.shuffled(using: &generator)).canonical

            XCTAssertEqual(one.text, other.text)
            XCTAssertEqual(one, one.canonical)
        }
    }

    func testMutatedTextsNeverCrashAndWhatIsAcceptedStaysEqual() throws {
        let seeds = [
            #"{"a":[1,-2.5e3,"x\u00e9\n"],"b":null}"#, #"[true,false,{"":"\ud83d\ude00"}]"#, #"{"Ö":"€😀","n":0.10}"#,
            #" [ [ ] , { } , "" ] "#, #""\\\"\/\b\f""#,
        ].map { Array($0.utf8) }
        let alphabet =
            Array(#"{}[]:,"\/ue0123456789dDcC.-+nulltrfas "#.utf8) + [
                0, 10, 0x1F, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF,
            ]
        var generator = SeededGenerator(seed: 100_000)
        var accepted = 0
        for round in 0..<100_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0...generator.below(3) {
                let index = generator.below(bytes.count)
                switch generator.below(4) {
                case 0: bytes[index] = alphabet[generator.below(alphabet.count)]
                case 1: bytes.insert(alphabet[generator.below(alphabet.count)], at: index)
                case 2: if bytes.count > 1 { bytes.remove(at: index) }
                default: bytes.removeLast(generator.below(min(bytes.count, 4)))
                }
            }
            do {
                let value = try JSON(parsing: bytes)
                accepted += 1
                guard try JSON(parsing: value.text) == value else { return XCTFail(value.text) }
            } catch {
                guard (0...bytes.count).contains(error.offset) else { return XCTFail("\(error)") }
            }
        }
        XCTAssertGreaterThan(accepted, 5000)
    }
}
