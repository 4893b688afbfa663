/// Dates and times of ISO 8601 as bytes, without Foundation.
enum InstantText {
    /// What a text says: the time on the clock as if it were UTC, and how far the clock is ahead of UTC, in seconds.
    struct Parsed {
        let wallSeconds: Int64
        let offset: Int64?
    }

    /// The Unix times of the years 1 to 9999.
    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// Reads a date, or a date and time; nil when it is none.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Parsed? {
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
            year >= 1, month >= 1, month <= 12, day >= 1, day <= days(in: month, of: year)
        else { return nil }
        let midnight = CivilDay.number(year: year, month: month, day: day) * 86_400
        if bytes.count == 10 { return Parsed(wallSeconds: midnight, offset: nil) }

        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "),
            bytes.count >= 16, bytes[13] == UInt8(ascii: ":"),
            let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), hour <= 23, minute <= 59
        else { return nil }
        var seconds = midnight + hour * 3600 + minute * 60
        var index = 16
        if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
            guard let second = number(bytes, index + 1, 2), second <= 59 else { return nil }
            seconds += second
            index += 3
            if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
                let first = index + 1
                index = first
                while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") {
                    index += 1
                }
                if index == first { return nil }
            }
        }
        if index == bytes.count { return Parsed(wallSeconds: seconds, offset: nil) }
        guard let offset = offset(bytes, index) else { return nil }
        return Parsed(wallSeconds: seconds, offset: offset)
    }

    /// Writes Unix time as `2026-11-22T10:00:00Z`.
    static func text(_ seconds: Int64) -> String {
        var day = seconds / 86_400
        var rest = seconds % 86_400
        if rest < 0 {
            rest += 86_400
            day -= 1
        }
        let date = CivilDay.date(of: day)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        append(date.year, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(date.month, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(date.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(rest / 3600, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(rest / 60 % 60, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(rest % 60, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int64? {
        let rest = bytes.count - index
        switch bytes[index] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            return rest == 1 ? 0 : nil
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let hasColon = rest == 6 && bytes[index + 3] == UInt8(ascii: ":")
            guard hasColon || rest == 5, let hour = number(bytes, index + 1, 2),
                let minute = number(bytes, index + (hasColon ? 4 : 3), 2), hour <= 23, minute <= 59
            else { return nil }
            let size = hour * 3600 + minute * 60
            return bytes[index] == UInt8(ascii: "-") ? -size : size
        default:
            return nil
        }
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int64? {
        guard start + count <= bytes.count else { return nil }
        var value: Int64 = 0
        for index in start..<start + count {
            guard bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
        }
        return value
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func append(_ value: Int64, digits: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        if value < 0 || value >= divisor * 10 {
            bytes.append(contentsOf: String(value).utf8)
            return
        }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
