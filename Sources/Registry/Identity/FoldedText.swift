import Foundation

/// A text beyond ASCII in folded pieces, which still tell an umlaut from a plain vowel.
struct FoldedText {
    /// A stretch of a folded text.
    enum Piece {
        /// Letters and digits, folded.
        case letters(String)
        /// One of a, o and u that had two dots.
        case umlaut(String)
        /// White space.
        case space
        /// A character that parts words.
        case separator(Unicode.Scalar)

        var isUmlaut: Bool {
            switch self {
            case .umlaut: true
            case .letters, .space, .separator: false
            }
        }

        /// The letters without accents; nothing for what parts words.
        var plain: String {
            switch self {
            case .letters(let text), .umlaut(let text): text
            case .space, .separator: ""
            }
        }

        /// The letters with an e after each umlaut.
        var spelledOut: String { isUmlaut ? plain + "e" : plain }
    }

    /// The pieces in the order of the text; letters that follow each other are one piece.
    private(set) var pieces: [Piece] = []

    private var letters = String.UnicodeScalarView()

    init(_ text: String) {
        if text.unicodeScalars.allSatisfy({ $0.value < FoldedText.latin.count }) {
            for scalar in text.unicodeScalars {
                for folded in FoldedText.latin[Int(scalar.value)] { append(folded) }
            }
        } else {
            for folded in FoldedText.decomposed(text) { append(folded) }
        }
        flush()
    }

    /// What ``decomposed(_:)`` makes of each Latin letter and accent, because Foundation is slow.
    ///
    /// The order of several accents on a letter can differ, which is without effect because they are dropped.
    private static let latin: [[Unicode.Scalar]] = (0..<0x370).map { (value: UInt32) in
        Unicode.Scalar(value).map { decomposed(String(Character($0))) } ?? []
    }

    /// The characters of the compatibility decomposition, case-folded.
    private static func decomposed(_ text: String) -> [Unicode.Scalar] {
        var folded = String.UnicodeScalarView()
        for scalar in text.decomposedStringWithCompatibilityMapping.unicodeScalars {
            CaseFolding.append(scalar, to: &folded)
        }
        return Array(folded)
    }

    /// The pieces of each word.
    var words: [[Piece]] {
        pieces.split { piece in
            switch piece {
            case .letters, .umlaut: false
            case .space, .separator: true
            }
        }.map(Array.init)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            if FoldedText.isWordCharacter(scalar) {
                letters.append(scalar)
            } else {
                flush()
                pieces.append(scalar.properties.isWhitespace ? .space : .separator(scalar))
            }
        } else if let replacement = FoldedText.replacements[scalar] {
            letters.append(contentsOf: replacement.unicodeScalars)
        } else if scalar == "\u{308}", let last = letters.last, last == "a" || last == "o" || last == "u" {
            letters.removeLast()
            flush()
            pieces.append(.umlaut(String(Character(last))))
        } else if FoldedText.isAccent(scalar) || scalar.properties.isDefaultIgnorableCodePoint {
            return
        } else if let digit = FoldedText.digit(scalar) {
            letters.append(digit)
        } else if FoldedText.isWordCharacter(scalar) {
            letters.append(scalar)
        } else {
            flush()
            pieces.append(scalar.properties.isWhitespace ? .space : .separator(scalar))
        }
    }

    private mutating func flush() {
        if letters.isEmpty { return }
        pieces.append(.letters(String(letters)))
        letters = String.UnicodeScalarView()
    }

    /// Letters that no decomposition takes apart.
    private static let replacements: [Unicode.Scalar: String] = [
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
        "ŋ": "n", "ĸ": "k",
    ]

    /// Whether a mark changes a letter only a little, as in European scripts, Hebrew and Arabic.
    ///
    /// Vowel signs of Indian scripts are marks too, but without them the word is another.
    private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300...0x036F, 0x0483...0x0487, 0x0591...0x05BD, 0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5, 0x05C7,
            0x064B...0x065F, 0x0670, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
            true
        default:
            false
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
        return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
    }

    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default:
            false
        }
    }
}
