package import Storage
package import StrictJSON

extension Value {
    /// The value as JSON; bytes as hexadecimal text.
    package var json: JSON {
        switch self {
        case .null: .null
        case .integer(let number): .number(String(number))
        case .text(let text): .string(text)
        case .utf8(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        case .blob(let bytes): .string(Hexadecimal.text(bytes))
        }
    }
}
