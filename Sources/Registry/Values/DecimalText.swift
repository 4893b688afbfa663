/// Plain decimal numbers as text: an optional minus, digits, optionally a point and digits.
///
/// No plus sign, exponent, space or comma: a thousands separator cannot be told from a decimal comma.
enum DecimalText {
    /// Reads a number as whole units of 10^-scale.
    ///
    /// - Parameters:
    ///   - text: The number.
    ///   - scale: How many fraction digits the value holds, 0 to 18.
    /// - Returns: The number times 10^scale.
    /// - Throws: ``ValueError/badAmount(_:)``, ``ValueError/tooManyFractionDigits(allowed:)`` (trailing zeros count)
    ///   or ``ValueError/outOfRange``.
    static func parse(_ text: String, scale: Int) throws(ValueError) -> Int64 {
        var copy = text
        let reading = copy.withUTF8 { read($0, scale: scale) }
        switch reading {
        case .value(let value): return value
        case .malformed: throw .badAmount(text)
        case .tooPrecise: throw .tooManyFractionDigits(allowed: scale)
        case .tooLarge: throw .outOfRange
        }
    }

    /// Writes whole units of 10^-scale as a decimal number.
    ///
    /// - Parameters:
    ///   - value: The number in units of 10^-scale.
    ///   - scale: 0 to 18.
    ///   - atLeast: How many fraction digits are always written; further zeros at the end are left out.
    /// - Returns: The number, with a minus when it is below 0.
    static func text(_ value: Int64, scale: Int, atLeast: Int) -> String {
        // The longest text: a minus, 19 digits and a point.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { bytes in
            var start = 24
            func prepend(_ byte: UInt8) {
                start -= 1
                bytes[start] = byte
            }
            var rest = value.magnitude
            var position = 0
            repeat {
                let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
                if position == scale, start < 24 { prepend(UInt8(ascii: ".")) }
                if position >= scale - atLeast || digit != 0 || start < 24 {
                    prepend(UInt8(ascii: "0") + UInt8(digit))
                }
                rest = quotient
                position += 1
            } while rest != 0 || position <= scale
            if value < 0 { prepend(UInt8(ascii: "-")) }
            return String(decoding: bytes[start...], as: UTF8.self)
        }
    }

    private enum Reading {
        case value(Int64)
        case malformed
        case tooPrecise
        case tooLarge
    }

    private static func read(_ bytes: UnsafeBufferPointer<UInt8>, scale: Int) -> Reading {
        let isNegative = bytes.first == UInt8(ascii: "-")
        var index = isNegative ? 1 : 0
        let firstDigit = index
        var value: Int64 = 0
        var isTooLarge = false
        var point: Int?
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "."), point == nil, index > firstDigit {
                point = index
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                isTooLarge = append(Int64(byte - UInt8(ascii: "0")), to: &value, isNegative) || isTooLarge
            } else {
                return .malformed
            }
            index += 1
        }
        guard index > firstDigit, point != index - 1 else { return .malformed }
        let fraction = point.map { index - $0 - 1 } ?? 0
        if fraction > scale { return .tooPrecise }
        for _ in fraction..<scale { isTooLarge = append(0, to: &value, isNegative) || isTooLarge }
        return isTooLarge ? .tooLarge : .value(value)
    }

    /// Appends a decimal digit and says whether the number overflowed.
    private static func append(_ digit: Int64, to value: inout Int64, _ isNegative: Bool) -> Bool {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflowToo) =
            isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
        value = sum
        return overflow || overflowToo
    }
}
