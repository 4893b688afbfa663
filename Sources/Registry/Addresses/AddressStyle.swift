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
