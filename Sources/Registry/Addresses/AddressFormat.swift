internal import Foundation

/// Addresses as their countries write them.
public enum AddressFormat {
    /// The lines of a label from the top, nothing blank.
    ///
    /// The country's own line, in capitals and in the language of the sender, is there only where the address is
    /// abroad for `shop`. `customer` is who lives there where the address does not say.
    public static func lines(of address: AddressFields, customer: String?, from shop: Shop) -> [String] {
        let lines = lines(of: address, customer: customer)
        guard let country = address.country, country != shop.country else { return lines }
        let locale = Locale(identifier: shop.locale)
        let name = locale.localizedString(forRegionCode: country.code) ?? country.code
        return lines + [name.uppercased(with: locale)]
    }

    /// The lines within the address's own country.
    static func lines(of address: AddressFields, customer: String?) -> [String] {
        let style = AddressStyle.style(of: address)
        var printed: [String] = []
        for line in style.lines {
            var text = ""
            for (place, part) in line.enumerated() {
                for (index, content) in contents(of: part.content, address, customer).enumerated() {
                    if index > 0 {
                        printed.append(text)
                        text = ""
                    }
                    text += place > 0 && text.isEmpty ? content : part.separator + content
                }
            }
            printed.append(text)
        }
        return printed.filter { !$0.isEmpty }
    }

    /// What a part of the order prints, line by line.
    private static func contents(
        of part: AddressStyle.Part.Content, _ address: AddressFields, _ customer: String?
    ) -> [String] {
        let texts: [String?] =
            switch part {
            case .name: [address.name ?? customer]
            case .company: [address.company]
            case .lines: [address.line1, address.line2]
            case .city: [address.city]
            case .region: [region(of: address)]
            case .postcode: [postcode(of: address)]
            case .code: [address.country?.code]
            }
        return texts.compactMap(\.self)
    }

    /// The region by its short code where there is one; nothing where the city has the same name.
    private static func region(of address: AddressFields) -> String? {
        guard let region = address.region else { return nil }
        let folded = Folding.folded(region)
        if let code = address.country.flatMap({ AddressStyle.regionCodes[$0.code]?[folded] }) { return code }
        return address.city.map(Folding.folded) == folded ? nil : region
    }

    /// The postcode in capitals, in the groups that its country writes.
    private static func postcode(of address: AddressFields) -> String? {
        guard let postcode = address.postcode else { return nil }
        let capitals = postcode.uppercased()
        guard let country = address.country, let pattern = AddressStyle.postcodes[country.code] else { return capitals }
        let signs = capitals.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let others = capitals.count { $0 != " " && $0 != "-" }
        guard signs.count == pattern.count(where: { $0 == "#" }), others == signs.count else { return capitals }
        var rest = signs[...]
        return String(pattern.map { $0 == "#" ? rest.removeFirst() : $0 })
    }
}
