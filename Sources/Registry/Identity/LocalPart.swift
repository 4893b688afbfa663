import Foundation

/// The part of an e-mail address before the `@`.
enum LocalPart {
    /// The part case-folded and composed (NFC).
    ///
    /// - Throws: ``ValueError/badEmail(_:)`` when a character may not stand there.
    static func folded(_ text: String) throws(ValueError) -> String {
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        let composed = isASCII ? text : text.precomposedStringWithCanonicalMapping
        var previous: Unicode.Scalar = "."
        for scalar in composed.unicodeScalars {
            if scalar == ".", previous == "." { throw .badEmail(.misplacedPoint) }
            guard isAllowed(scalar, after: previous) else { throw .badEmail(.forbiddenCharacter) }
            previous = scalar
        }
        if previous == "." { throw .badEmail(.misplacedPoint) }
        var folded = String.UnicodeScalarView()
        let source = isASCII ? text : text.decomposedStringWithCanonicalMapping
        for scalar in source.unicodeScalars { CaseFolding.append(scalar, to: &folded) }
        return isASCII ? String(folded) : String(folded).precomposedStringWithCanonicalMapping
    }

    private static func isAllowed(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            // https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^",
                "_", "`", "{", "|", "}", "~":
                return true
            default:
                return false
            }
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            // Joiners spell words of Persian and Indian scripts.
            return (scalar == "\u{200C}" || scalar == "\u{200D}") && !previous.isASCII
        case .nonspacingMark, .spacingMark, .enclosingMark:
            return previous != "."
        default:
            return scalar != "\u{FF20}" && scalar != "\u{FE6B}"
        }
    }
}
