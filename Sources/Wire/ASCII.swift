/// The bytes a line gives a meaning to.
enum ASCII {
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var space: UInt8 { 0x20 }
    static var exclamation: UInt8 { 0x21 }
    static var quote: UInt8 { 0x22 }
    static var percent: UInt8 { 0x25 }
    static var star: UInt8 { 0x2A }
    static var minus: UInt8 { 0x2D }
    static var point: UInt8 { 0x2E }
    static var equals: UInt8 { 0x3D }
    static var at: UInt8 { 0x40 }
    static var openBracket: UInt8 { 0x5B }
    static var underscore: UInt8 { 0x5F }
    static var openBrace: UInt8 { 0x7B }
    static var delete: UInt8 { 0x7F }

    static func isLowercase(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isControl(_ byte: UInt8) -> Bool { byte < space || byte == delete }
}
