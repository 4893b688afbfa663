/// What must not be stored, told by what it looks like.
enum SecretShape {
    /// What a cell seems to hold; nil for anything harmless.
    static func secret(_ cell: String) -> Withheld? {
        if isCardNumber(cell) { return .payment }
        return isHash(cell) ? .hash : nil
    }

    /// Whether a cell is 13 to 19 digits of a card brand with a right check digit.
    ///
    /// <https://www.iso.org/standard/70484.html> (ISO/IEC 7812-1)
    static func isCardNumber(_ cell: String) -> Bool {
        guard (13...23).contains(cell.utf8.count) else { return false }
        var digits: [Int] = []
        for byte in cell.utf8 {
            switch byte {
            case 0x30...0x39: digits.append(Int(byte - 0x30))
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            default: return false
            }
        }
        guard (13...19).contains(digits.count), (2...6).contains(digits[0]) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = digit * 2
            sum += place.isMultiple(of: 2) ? digit : doubled > 9 ? doubled - 9 : doubled
        }
        return sum.isMultiple(of: 10)
    }

    /// Whether a cell looks like a hashed password: `$2y$…`, `$P$…`, or 32 and more hexadecimal digits, with a salt or
    /// without.
    static func isHash(_ cell: String) -> Bool {
        guard cell.utf8.count >= 20 else { return false }
        if cell.hasPrefix("$") || cell.hasPrefix("{") {
            let marks = [
                "$1$", "$2", "$5$", "$6$", "$7$", "$y$", "$P$", "$H$", "$S$", "$argon2", "$scrypt", "$wp$", "{SSHA",
                "{SHA", "{CRYPT}", "{crypt}", "{MD5}", "{SMD5}", "{PBKDF2", "{ARGON2",
            ]
            return marks.contains { cell.hasPrefix($0) }
        }
        if cell.hasPrefix("pbkdf2_") || cell.hasPrefix("bcrypt") || cell.hasPrefix("argon2") { return true }
        let digits = cell.utf8.prefix { $0 != UInt8(ascii: ":") }
        return [32, 40, 56, 64, 96, 128].contains(digits.count)
            && digits.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0) || (0x41...0x46).contains($0)
            }
    }
}
