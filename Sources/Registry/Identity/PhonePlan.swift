/// The numbering plan of a calling code.
struct PhonePlan: Sendable {
    /// One to three digits, without the plus: `49`.
    let callingCode: String

    /// What is dialled before a number within the country, `0` in most; empty where nothing is.
    let trunks: [String]

    /// What is dialled before a calling code: `00` and the country's own.
    let exitCodes: [String]

    /// How numbers begin that are written without a trunk prefix within the country; the empty text is all.
    private let bareBeginnings: [String]

    /// How many digits numbers have, by their first two digits: bit n stands for n digits.
    private let lengths: [UInt16]

    /// Whether numbers of this plan begin so and have so many digits; the calling code is not part of the number.
    func isNumber(_ national: some StringProtocol) -> Bool { isNumber(national.utf8.prefix(16)) }

    /// The same for ASCII digits.
    func isNumber(_ digits: some Collection<UInt8>) -> Bool {
        guard digits.count > 3, digits.count < 16 else { return false }
        let second = digits.index(after: digits.startIndex)
        let zero = UInt8(ascii: "0")
        let beginning = Int(digits[digits.startIndex] - zero) * 10 + Int(digits[second] - zero)
        return lengths[beginning] >> digits.count & 1 == 1
    }

    /// Whether people write such a number without a trunk prefix within the country.
    func isWrittenBare(_ national: String) -> Bool {
        bareBeginnings.contains { national.hasPrefix($0) } && isNumber(national)
    }

    /// The plan of each calling code as a number; none begins with 0.
    static let byCode: [PhonePlan?] = {
        var plans = [PhonePlan?](repeating: nil, count: 1_000)
        for plan in table {
            if let code = Int(plan.callingCode), plans.indices.contains(code) { plans[code] = plan }
        }
        return plans
    }()

    /// The plan of each calling code.
    static let byCallingCode: [String: PhonePlan] = Dictionary(uniqueKeysWithValues: table.map { ($0.callingCode, $0) })

    /// The plan of each country, by its two-letter code.
    static let byCountry: [String: PhonePlan] = {
        var plans: [String: PhonePlan] = [:]
        for (countries, plan) in zip(rows.map { $0[1] }, table) {
            for country in countries.split(separator: ",") { plans[String(country)] = plan }
        }
        return plans
    }()

    /// The cells of ``list``; a row goes on in the lines that start with a space.
    private static let rows: [[Substring]] = {
        var rows: [[Substring]] = []
        for line in list.split(separator: "\n") {
            let cells = line.split(separator: " ")
            if line.hasPrefix(" "), let row = rows.indices.last {
                rows[row] += cells
            } else {
                rows.append(cells)
            }
        }
        return rows
    }()

    private static let table: [PhonePlan] = rows.map(PhonePlan.init(row:))

    private init(row: [Substring]) {
        func texts(_ cell: Substring) -> [String] { cell == "-" ? [] : cell.split(separator: ",").map(String.init) }
        callingCode = String(row[0])
        trunks = texts(row[2])
        bareBeginnings = row[3] == "*" ? [""] : texts(row[3])
        exitCodes = ["00"] + texts(row[4])
        var lengths = [UInt16](repeating: 0, count: 100)
        for rule in row[5...] {
            let halves = rule.split(separator: ":")
            let mask = PhonePlan.mask(halves[1])
            for first in halves[0].split(separator: ",") {
                for beginning in PhonePlan.beginnings(first) { lengths[beginning] |= mask }
            }
        }
        self.lengths = lengths
    }

    /// `5-7.9` as bits.
    private static func mask(_ text: Substring) -> UInt16 {
        var mask: UInt16 = 0
        for range in text.split(separator: ".") {
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last else { continue }
            for length in first...last { mask |= 1 << length }
        }
        return mask
    }

    /// `2`, `20` or `2[01]` as the numbers from 0 to 99 that two digits can be.
    private static func beginnings(_ text: Substring) -> [Int] {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
            .map { Int($0) - Int(UInt8(ascii: "0")) }
        guard let first = digits.first else { return [] }
        return (digits.count == 1 ? Array(0...9) : Array(digits.dropFirst())).map { first * 10 + $0 }
    }
}
