/// How one country writes addresses.
struct AddressStyle: Sendable {
    /// A part of the order: a field, and what stands between it and the field before it on the same line.
    struct Part: Sendable {
        enum Content: Sendable {
            case name, company, lines, city, region, postcode
            /// The country's code, where it stands for a region.
            case code
        }

        let separator: String
        let content: Content
    }

    /// Where nothing is known of a country.
    static let standard = AddressStyle(needed: "AC", order: "N|O|A|Z C|S")

    /// Without these an address is incomplete.
    let needed: [AddressField]
    /// The printed lines from the top.
    let lines: [[Part]]

    /// Reads the notation of the list.
    init(needed: Substring, order: Substring) {
        self.needed = needed.compactMap { letter in
            switch letter {
            case "A": .line1
            case "C": .city
            case "S": .region
            case "Z": .postcode
            default: nil
            }
        }
        lines = order.split(separator: "|").map(Self.parts)
    }

    static func style(of country: Country) -> AddressStyle { byCountry[country.code] ?? standard }

    /// How an address is written in the script it is in: some countries begin with the largest part in their own.
    static func style(of address: AddressFields) -> AddressStyle {
        guard let country = address.country else { return standard }
        let texts = [address.line1, address.city].compactMap(\.self)
        guard let native = native[country.code],
            texts.contains(where: { $0.unicodeScalars.contains(where: isEastAsian) })
        else { return style(of: country) }
        return native
    }

    /// Kana, ideographs or Hangul. <https://www.unicode.org/charts/>
    private static func isEastAsian(_ scalar: Unicode.Scalar) -> Bool {
        (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
            || (0xAC00...0xD7A3).contains(scalar.value)
    }

    private static func parts(of line: Substring) -> [Part] {
        var parts: [Part] = []
        var separator = ""
        for letter in line {
            if let content = content(of: letter) {
                parts.append(Part(separator: separator, content: content))
                separator = ""
            } else {
                separator.append(letter)
            }
        }
        return parts
    }

    private static func content(of letter: Character) -> Part.Content? {
        switch letter {
        case "N": .name
        case "O": .company
        case "A": .lines
        case "C": .city
        case "S": .region
        case "Z": .postcode
        case "K": .code
        default: nil
        }
    }
}
