/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The mistake.
    public let reason: Reason
    /// Where it is: bytes from the beginning of the buffer, counted from 0; the length of the buffer at its end.
    public let offset: Int

    /// Names a mistake and its place.
    public init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The mistakes a text can hold, one case each.
    public enum Reason: Equatable, Sendable {
        /// The text ends before the value does, or holds no value at all.
        case unexpectedEnd
        /// The text begins with U+FEFF, which RFC 8259 section 8.1 forbids to send.
        case byteOrderMark
        /// A value must begin here, and no value begins with this byte.
        case unexpectedByte
        /// A word that begins like `true`, `false` or `null` and is none.
        case badLiteral
        /// A number with a digit after its leading zero.
        case leadingZero
        /// A number without a digit where one must be.
        case badNumber
        /// A member must begin with a string here.
        case expectedName
        /// A colon must follow the name.
        case expectedColon
        /// A comma or the closing bracket must follow the value.
        case expectedComma
        /// A comma with nothing behind it.
        case trailingComma
        /// A byte below 0x20 within a string.
        case controlCharacter
        /// A backslash followed by a character that names no escape.
        case badEscape
        /// `\u` without four hexadecimal digits.
        case badUnicodeEscape
        /// One half of a surrogate pair.
        case loneSurrogate
        /// Bytes within a string that are no well-formed UTF-8.
        case badUTF8
        /// Something after the value.
        case trailingBytes
        /// More than ``JSONReader/depthLimit`` arrays and objects within each other.
        case tooDeep
    }

    public var description: String { "\(reason.phrase) at byte \(offset)" }
}

extension JSONError.Reason {
    /// The mistake in lowercase words, without its place.
    public var phrase: String {
        switch self {
        case .unexpectedEnd: "json ends too early"
        case .byteOrderMark: "json begins with a byte order mark"
        case .unexpectedByte: "no json value begins here"
        case .badLiteral: "json knows only true, false and null without quotes"
        case .leadingZero: "json number has a leading zero"
        case .badNumber: "json number lacks a digit"
        case .expectedName: "json member needs a name in quotes"
        case .expectedColon: "json member needs a colon after its name"
        case .expectedComma: "json needs a comma or a closing bracket"
        case .trailingComma: "json has a comma with nothing behind it"
        case .controlCharacter: "json string holds a bare control character"
        case .badEscape: "json string holds an unknown escape"
        case .badUnicodeEscape: "json escape \\u needs four hexadecimal digits"
        case .loneSurrogate: "json escape is half a surrogate pair"
        case .badUTF8: "json string holds bad utf-8"
        case .trailingBytes: "something follows the json value"
        case .tooDeep: "json is nested too deeply"
        }
    }
}
