import Foundation

/// Domains of e-mail addresses, brought to one spelling.
enum DomainName {
    /// The domain in lower-case ASCII, with each label beyond ASCII in Punycode: `xn--mller-kva.de`.
    ///
    /// Width and compatibility variants are mapped and case is lowered as UTS 46 does without its transitional rules:
    /// ß stays ß, because straße.de and strasse.de belong to different people. <https://www.unicode.org/reports/tr46/>
    ///
    /// - Throws: ``ValueError/badEmail(_:)``.
    static func ascii(_ domain: String) throws(ValueError) -> String {
        let mapped = domain.utf8.allSatisfy({ $0 < 0x80 }) ? domain : normalised(domain)
        var labels: [String] = []
        for label in mapped.unicodeScalars.split(separator: ".", omittingEmptySubsequences: false) {
            if label.isEmpty { throw .badEmail(.misplacedPoint) }
            labels.append(try ascii(label: Array(label)))
        }
        guard labels.count > 1, let top = labels.last, !top.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw .badEmail(.noTopLevelDomain)
        }
        return labels.joined(separator: ".")
    }

    private static func ascii(label: [Unicode.Scalar]) throws(ValueError) -> String {
        guard label.allSatisfy(isAllowed) else { throw .badEmail(.forbiddenCharacter) }
        guard label.first != "-", label.last != "-", let first = label.first, !isMark(first) else {
            throw .badEmail(.badDomainLabel)
        }
        let text: String
        if label.allSatisfy(\.isASCII) {
            text = String(decoding: label.map { lowered(UInt8($0.value)) }, as: UTF8.self)
            if text.hasPrefix("xn--") { try check(punycode: text) }
        } else if let encoded = Punycode.encode(label) {
            text = "xn--" + encoded
        } else {
            throw .badEmail(.badDomainLabel)
        }
        guard text.utf8.count <= 63 else { throw .badEmail(.badDomainLabel) }
        return text
    }

    /// Refuses Punycode that another spelling of the same label would not lead to.
    private static func check(punycode label: String) throws(ValueError) {
        guard let scalars = Punycode.decode(label.utf8.dropFirst(4)), !scalars.allSatisfy(\.isASCII),
            scalars.allSatisfy(isAllowed), scalars.first.map(isMark) == false
        else { throw .badEmail(.badDomainLabel) }
        var decoded = String.UnicodeScalarView()
        decoded.append(contentsOf: scalars)
        let mapped = Array(normalised(String(decoded)).unicodeScalars)
        guard mapped == scalars, let encoded = Punycode.encode(mapped), "xn--" + encoded == label else {
            throw .badEmail(.badDomainLabel)
        }
    }

    private static func normalised(_ domain: String) -> String {
        var lowered = String.UnicodeScalarView()
        for scalar in domain.precomposedStringWithCompatibilityMapping.unicodeScalars {
            if scalar == "\u{3002}" {
                lowered.append(".")
            } else {
                lowered.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(lowered).precomposedStringWithCompatibilityMapping
    }

    private static func lowered(_ byte: UInt8) -> UInt8 {
        byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark, .decimalNumber:
            return true
        default:
            // Joiners and middle dots that IDNA 2008 permits. https://www.rfc-editor.org/rfc/rfc5892#appendix-A
            return ["\u{B7}", "\u{375}", "\u{5F3}", "\u{5F4}", "\u{200C}", "\u{200D}", "\u{30FB}"].contains(scalar)
        }
    }
}
