/// Telephone numbers under one spelling, E.164. <https://www.itu.int/rec/T-REC-E.164>
public enum PhoneNumber {
    /// What a text says about a telephone number.
    public enum Reading: Equatable, Sendable {
        /// A plus and up to 15 digits: `+4930123456`; extensions are left out.
        case e164(String)
        /// Several numbers are possible, or a prefix was lost: `1512 3456789` in Germany. Someone has to be asked.
        case ambiguous
        /// No telephone number.
        case invalid
    }

    /// Reads a number as people write it, without guessing.
    ///
    /// Digits of any script, all usual separators, `+49 (0) 30 …`, `00…`, national numbers with the country's trunk
    /// prefix, a label and an extension. A number is taken when its beginning and its length exist in the numbering
    /// plan and no other reading does; whether it is in use cannot be known.
    ///
    /// - Parameters:
    ///   - text: The number as written.
    ///   - country: The two-letter code of the country in which it was written; nil when unknown, and then only
    ///     numbers with a calling code are read.
    /// - Returns: The number, or why there is none.
    public static func parse(_ text: String, country: String?) -> Reading {
        if isPlain(text) { return .e164(text) }
        guard let cell = PhoneText(text) else { return .invalid }
        if cell.holdsSeveral { return .ambiguous }
        let plan = country.flatMap { PhonePlan.byCountry[$0] }
        let readings = readings(of: cell, plan)
        if readings.count == 1, let reading = readings.first { return .e164(reading) }
        if !readings.isEmpty { return .ambiguous }
        return !cell.hasPlus && !withPrefix(withZeros(cell.digits), plan).isEmpty ? .ambiguous : .invalid
    }

    /// Whether a text is a number in E.164 already, with nothing to be read into it: a plus and digits in a plan of which
    /// the number is part as it stands.
    private static func isPlain(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in
            guard utf8.count > 4, utf8.count <= 16, utf8[0] == UInt8(ascii: "+") else { return false }
            var code = 0
            for index in 1..<utf8.count {
                let digit = Int(utf8[index]) - 0x30
                guard 0...9 ~= digit else { return false }
                guard index <= 3 else { continue }
                code = code * 10 + digit
                // A calling code is the beginning of no other.
                guard let plan = PhonePlan.byCode[code], plan.callingCode.utf8.count == index else { continue }
                let national = UnsafeBufferPointer(rebasing: utf8[(index + 1)...])
                return national.allSatisfy { 0x30...0x39 ~= $0 } && plan.isNumber(national)
            }
            return false
        }
    }

    /// The numbers that a text which leaves a doubt may mean, those of the country first; none where nothing comes to mind.
    public static func candidates(_ text: String, country: String?) -> [String] {
        guard let cell = PhoneText(text), !cell.holdsSeveral else { return [] }
        let plan = country.flatMap { PhonePlan.byCountry[$0] }
        var readings = readings(of: cell, plan)
        if readings.isEmpty, !cell.hasPlus { readings = withPrefix(withZeros(cell.digits), plan) }
        let home = plan.map { "+" + $0.callingCode } ?? "+"
        return readings.filter { $0.hasPrefix(home) }.sorted() + readings.filter { !$0.hasPrefix(home) }.sorted()
    }

    private static func readings(of cell: PhoneText, _ plan: PhonePlan?) -> Set<String> {
        var readings: Set<String> = []
        if cell.hasPlus {
            readings = internationalReadings(cell.digits)
        } else {
            for exitCode in plan?.exitCodes ?? ["00"] where cell.digits.hasPrefix(exitCode) {
                readings.formUnion(internationalReadings(String(cell.digits.dropFirst(exitCode.count))))
            }
            if let plan { readings.formUnion(nationalReadings(withZeros(cell.digits), plan)) }
        }
        return readings
    }

    /// The numbers that digits after a plus can be; two at most.
    private static func internationalReadings(_ digits: String) -> Set<String> {
        for length in 1...3 {
            guard let plan = PhonePlan.byCallingCode[String(digits.prefix(length))] else { continue }
            let national = String(digits.dropFirst(length))
            if !national.hasPrefix("o") { return readings(afterCallingCode: withZeros(national), plan) }
            let without = readings(afterCallingCode: withZeros(String(national.dropFirst())), plan)
            return plan.trunks.contains("0")
                ? without : without.union(readings(afterCallingCode: withZeros(national), plan))
        }
        return []
    }

    /// A number with its calling code; the trunk prefix, which does not belong there, is forgiven.
    private static func readings(afterCallingCode national: String, _ plan: PhonePlan) -> Set<String> {
        plan.isNumber(national) ? [e164(national, plan)] : readingsWithTrunk(national, plan)
    }

    /// A number as written within the country.
    private static func nationalReadings(_ digits: String, _ plan: PhonePlan) -> Set<String> {
        var readings = readingsWithTrunk(digits, plan)
        guard plan.isWrittenBare(digits) else { return readings }
        readings.insert(e164(digits, plan))
        // The same digits may be a number with calling code that lost its plus.
        if digits.hasPrefix(plan.callingCode), plan.isNumber(digits.dropFirst(plan.callingCode.count)) {
            readings.insert("+" + digits)
        }
        return readings
    }

    private static func readingsWithTrunk(_ digits: String, _ plan: PhonePlan) -> Set<String> {
        var readings: Set<String> = []
        for trunk in plan.trunks where digits.hasPrefix(trunk) {
            let national = String(digits.dropFirst(trunk.count))
            if plan.isNumber(national) { readings.insert(e164(national, plan)) }
            if plan.callingCode == "54" {
                for mobile in argentineMobiles(national) where plan.isNumber(mobile) {
                    readings.insert(e164(mobile, plan))
                }
            }
        }
        return readings
    }

    /// Within Argentina 15 stands between area and number of a mobile; abroad a 9 stands before the area instead.
    ///
    /// <https://www.itu.int/oth/T020200000A/en>
    private static func argentineMobiles(_ national: String) -> [String] {
        let digits = Array(national)
        guard digits.count == 12 else { return [] }
        return (2...4).filter { area in
            digits[area] == "1" && digits[area + 1] == "5" && (area == 2) == national.hasPrefix("11")
        }.map { area in "9" + String(digits[..<area] + digits[(area + 2)...]) }
    }

    /// The numbers that digits would be with a trunk prefix or a plus before them.
    private static func withPrefix(_ digits: String, _ plan: PhonePlan?) -> Set<String> {
        var readings = internationalReadings(digits)
        guard let plan else { return readings }
        for trunk in plan.trunks { readings.formUnion(readingsWithTrunk(trunk + digits, plan)) }
        if plan.isNumber(digits) { readings.insert(e164(digits, plan)) }
        return readings
    }

    private static func e164(_ national: String, _ plan: PhonePlan) -> String { "+" + plan.callingCode + national }

    private static func withZeros(_ digits: String) -> String {
        digits.contains("o") ? String(digits.map { $0 == "o" ? "0" : $0 }) : digits
    }
}
