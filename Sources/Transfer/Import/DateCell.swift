/// Dates as programs and people write them in tables.
enum DateCell {
    /// In which order a table writes the day and the month.
    enum Order: Sendable, Equatable {
        case dayFirst
        case monthFirst
    }

    /// What a cell holds.
    enum Reading: Equatable {
        /// ISO 8601: a day, with a time if one was written.
        case iso(String)
        /// What programs write for no date: 0000-00-00, 1900-01-01.
        case nothing
        /// Day and month could be exchanged.
        case ambiguous
        /// A day and a month alone.
        case yearless
        case invalid
    }

    /// Reads a cell; without an `order`, days and months up to 12 that slashes or hyphens part are not guessed.
    static func read(_ text: String, order: Order?) -> Reading {
        // As address books write a birthday whose year is not known. <https://www.rfc-editor.org/rfc/rfc6350#section-4.3.1>
        if text.hasPrefix("--"), text.dropFirst(2).allSatisfy({ isDigit($0) || $0 == "-" }) { return .yearless }
        let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "T" }
        guard let date = parts.first else { return .invalid }
        let clock = parts.count > 1 ? String(parts[1]) : nil
        guard let separator = date.first(where: { !isDigit($0) }) else { return compact(date) }
        guard [".", "/", "-"].contains(separator) else { return .invalid }
        let fields = date.split(separator: separator, omittingEmptySubsequences: true).map(String.init)
        let numbers = fields.compactMap { $0.allSatisfy(isDigit) ? Int($0) : nil }
        guard numbers.count == fields.count else { return .invalid }
        if numbers.count == 2, numbers.allSatisfy({ (1...31).contains($0) }) { return .yearless }
        guard numbers.count == 3 else { return .invalid }
        if fields[0].count == 4 { return iso(numbers[0], numbers[1], numbers[2], clock) }
        guard fields[2].count == 4 else { return .invalid }
        if separator == "." || numbers[0] > 12 { return iso(numbers[2], numbers[1], numbers[0], clock) }
        if numbers[1] > 12 { return iso(numbers[2], numbers[0], numbers[1], clock) }
        if numbers[0] == numbers[1] { return iso(numbers[2], numbers[1], numbers[0], clock) }
        switch order {
        case .dayFirst: return iso(numbers[2], numbers[1], numbers[0], clock)
        case .monthFirst: return iso(numbers[2], numbers[0], numbers[1], clock)
        case nil: return .ambiguous
        }
    }

    /// The order that a column's cells prove; nil when none does, or two contradict each other.
    static func order(of cells: [String]) -> Order? {
        var orders: Set<Order> = []
        for cell in cells {
            let date = cell.prefix { $0 != " " && $0 != "T" }
            guard let separator = date.first(where: { !isDigit($0) }), separator == "/" || separator == "-" else {
                continue
            }
            let numbers = date.split(separator: separator).compactMap { Int($0) }
            guard numbers.count == 3, numbers[0] <= 31 else { continue }
            if numbers[0] > 12 { orders.insert(.dayFirst) }
            if numbers[1] > 12 { orders.insert(.monthFirst) }
        }
        return orders.count == 1 ? orders.first : nil
    }

    private static func compact(_ date: Substring) -> Reading {
        guard date.count == 8, let number = Int(date) else { return .invalid }
        return iso(number / 10_000, number / 100 % 100, number % 100, nil)
    }

    private static func iso(_ year: Int, _ month: Int, _ day: Int, _ clock: String?) -> Reading {
        if year == 0 || year == 1900 && month == 1 && day == 1 { return .nothing }
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return .invalid }
        let date = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
        guard let clock else { return .iso(date) }
        guard let time = time(clock) else { return .invalid }
        return .iso(date + "T" + time)
    }

    /// A time with two digits for the hour and 24 hours a day; what follows the minutes stays as it is.
    private static func time(_ clock: String) -> String? {
        var text = clock
        var shift: Int?
        for (suffix, hours) in [("AM", 0), ("PM", 12)] where text.uppercased().hasSuffix(suffix) {
            text = String(text.dropLast(2))
            while text.last == " " { text.removeLast() }
            shift = hours
        }
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let hour = Int(parts[0]), parts[0].count <= 2 else { return nil }
        let hourOfDay = shift.map { hour % 12 + $0 } ?? hour
        return padded(hourOfDay, 2) + ":" + parts[1]
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
