internal import Foundation
internal import Registry

/// Countries by code or by name in the languages of the shops and their neighbours.
enum CountryWords {
    /// The country a cell names; nil when it names none, or more than one.
    static func country(_ text: String) -> Country? {
        if let country = try? Country(text) {
            // What is no code and no English name is looked for in the other languages.
            return country
        }
        guard let code = codes[Folding.folded(text)] else { return nil }
        return try? Country(code)
    }

    private static let languages = ["de", "tr", "en", "fr", "es", "it", "nl"]

    /// Codes of two letters by the folded name.
    private static let codes: [String: String] = {
        var codes: [String: String] = [
            "usa": "US", "u.s.a.": "US", "uk": "GB", "u.k.": "GB", "schweiz/suisse": "CH", "abd": "US", "kktc": "CY",
        ]
        for language in languages {
            let locale = Locale(identifier: language)
            for region in Locale.Region.isoRegions where region.identifier.utf8.count == 2 {
                guard let name = locale.localizedString(forRegionCode: region.identifier) else { continue }
                codes[Folding.folded(name)] = codes[Folding.folded(name)] ?? region.identifier
            }
        }
        return codes
    }()
}
