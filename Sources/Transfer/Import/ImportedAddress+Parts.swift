internal import Registry
internal import StrictJSON

extension ImportedAddress {
    /// Puts an address together from what columns say of it.
    init(_ role: ImportAddressRole, _ parts: ImportedAddressParts) {
        self.init()
        switch role {
        case .main, .second, .third: break
        case .billing: purpose = .billing
        case .shipping: purpose = .shipping
        case .home: title = "Home"
        case .work: title = "Work"
        }
        title = parts[.title] ?? title
        let names = [parts[.firstName], parts[.lastName]].compactMap(\.self)
        name = parts[.name] ?? (names.isEmpty ? nil : names.joined(separator: " "))
        company = parts[.company]
        (line1, line2) = Self.lines(parts)
        postcode = parts[.postcode].map(Self.unquoted)
        city = parts[.city]
        region = parts[.region]
        phone = parts[.phone].map(Self.unquoted)
        country = parts[.country].flatMap(CountryWords.country)
    }

    /// The lines of a street: Magento writes them as a JSON array.
    private static func lines(_ parts: ImportedAddressParts) -> (String?, String?) {
        var first = parts[.line1]
        var second = parts[.line2]
        if let text = first, text.hasPrefix("["), let array = (try? JSON(parsing: text))?.arrayValue {
            // What is no JSON is a street that begins with a bracket.
            let lines = array.compactMap(\.stringValue).filter { !$0.isEmpty }
            first = lines.first
            second = lines.count > 1 ? lines.dropFirst().joined(separator: ", ") : second
        }
        if let text = first, text.contains(where: \.isNewline) {
            // Address books write what does not fit elsewhere below the street.
            let lines = text.split(whereSeparator: \.isNewline).map { String($0).trimmed }.filter { !$0.isEmpty }
            first = lines.first
            second = (lines.dropFirst() + [second].compactMap(\.self)).joined(separator: ", ")
        }
        if let number = parts[.houseNumber] { first = first.map { $0 + " " + number } ?? number }
        if let box = parts[.postBox] {
            if first == nil { first = box } else { second = [second, box].compactMap(\.self).joined(separator: ", ") }
        }
        return (first, second)
    }

    private static func unquoted(_ cell: String) -> String { cell.hasPrefix("'") ? String(cell.dropFirst()) : cell }
}
