/// What a cell meant for a telephone number holds, reduced to digits.
struct PhoneText {
    /// ASCII digits; `o` where a zero stood alone in parentheses.
    private(set) var digits = ""

    /// Whether a plus stood before the first digit.
    private(set) var hasPlus = false

    /// Whether the cell seems to hold more than one number.
    private(set) var holdsSeveral = false

    /// Reads a cell; nil when it holds anything but digits, separators, a label and an extension.
    init?(_ text: String) {
        guard text.utf8.count <= 200 else { return nil }
        if takePlain(text) { return }
        var rest = Array(text.unicodeScalars)[...]
        while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        if let label = PhoneText.labels.first(where: { PhoneText.starts(rest, with: $0) }) {
            rest.removeFirst(label.unicodeScalars.count)
        }
        while let scalar = rest.first {
            if PhoneText.isParenthesisedZero(rest) {
                digits.append("o")
                rest.removeFirst(3)
            } else if let digit = PhoneText.digit(scalar) {
                digits.append(digit)
                rest.removeFirst()
            } else if scalar == "+" || scalar == "\u{FF0B}" {
                if !digits.isEmpty || hasPlus { holdsSeveral = true }
                hasPlus = true
                rest.removeFirst()
            } else if PhoneText.isSeparator(scalar) {
                rest.removeFirst()
                if scalar == "/" || scalar.properties.isWhitespace { noticeSecondNumber(in: rest, after: scalar) }
            } else if digits.count > 3, PhoneText.isExtension(rest) {
                return
            } else {
                return nil
            }
        }
        if digits.isEmpty { return nil }
    }

    /// Takes a text of digits alone, perhaps behind a plus.
    private mutating func takePlain(_ text: String) -> Bool {
        let isInternational = text.utf8.first == UInt8(ascii: "+")
        let number = text.utf8.dropFirst(isInternational ? 1 : 0)
        guard !number.isEmpty, number.allSatisfy({ 0x30...0x39 ~= $0 }) else { return false }
        digits = isInternational ? String(text.dropFirst()) : text
        hasPlus = isInternational
        return true
    }

    /// After a slash or line break, another zero begins another number, if what came before could be one.
    private mutating func noticeSecondNumber(in rest: ArraySlice<Unicode.Scalar>, after scalar: Unicode.Scalar) {
        guard scalar == "/" || scalar == "\n" || scalar == "\r", digits.count > 5 else { return }
        let next = rest.first { !$0.properties.isWhitespace && $0 != "(" }
        if next == "0", !rest.isEmpty { holdsSeveral = true }
    }

    private static let labels = [
        "telefon:", "tel.:", "tel:", "tel.", "tel", "callto:", "phone:", "mobile:", "mobil:", "handy:",
    ]

    private static let extensionMarks = [
        ";ext=", "extension", "ext", "durchwahl", "dw", "nebenstelle", "dahili", "x", "#",
    ]

    private static func isExtension(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let mark = extensionMarks.first(where: { starts(scalars, with: $0) }) else { return false }
        let number = scalars.dropFirst(mark.unicodeScalars.count).drop { $0 == "." || $0 == ":" || $0 == " " }
        return (1...7).contains(number.count) && number.allSatisfy { digit($0) != nil }
    }

    private static func starts(_ scalars: ArraySlice<Unicode.Scalar>, with text: String) -> Bool {
        let isAlike = zip(scalars, text.unicodeScalars).allSatisfy { scalar, letter in
            letter == (scalar >= "A" && scalar <= "Z" ? Unicode.Scalar(UInt8(scalar.value) + 0x20) : scalar)
        }
        return isAlike && scalars.count >= text.unicodeScalars.count
    }

    private static func isParenthesisedZero(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        guard scalars.first == "(" else { return false }
        let three = Array(scalars.prefix(3))
        return three.count == 3 && digit(three[1]) == "0" && three[2] == ")"
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Character? {
        if scalar.isASCII { return scalar >= "0" && scalar <= "9" ? Character(scalar) : nil }
        guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue else { return nil }
        return Character(Unicode.Scalar(UInt8(ascii: "0") + UInt8(value)))
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", ".", "/", "(", ")", "[", "]", "~", "\u{B7}", "\u{2212}", "\u{FF0D}", "\u{FF0E}", "\u{FF0F}",
            "\u{FF08}", "\u{FF09}", "\u{30FC}":
            return true
        default:
            return scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
                || scalar.properties.generalCategory == .dashPunctuation
        }
    }
}
