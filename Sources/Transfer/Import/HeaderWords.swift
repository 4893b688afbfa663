internal import Registry

/// What the header words of shops, address books and mailing lists mean, in German, English and Turkish.
///
/// The headers of the known platforms are those of their help pages: Shopify, WooCommerce, PrestaShop, Magento, ikas,
/// Ecwid, BigCommerce, Square, Mailchimp, Ghost, listmonk, Mautic, Google contacts, Outlook, Thunderbird, Stripe.
enum HeaderWords {
    /// What a column is by its header.
    static func meaning(of header: String) -> ImportColumn.Meaning {
        if header.hasPrefix("custom:"), let field = ImportField(word: header) { return .field(field) }
        let key = key(header)
        if let found = meaning(ofKey: key) { return found }
        return furtherMeaning(ofKey: key) ?? .unknown
    }

    private static func meaning(ofKey key: String) -> ImportColumn.Meaning? {
        if let field = fields[key] ?? custom[key].map({ .custom($0) }) { return .field(field) }
        if let reason = secrets[key] { return .withheld(reason) }
        if let reason = leftOut[key] { return .leftOut(reason) }
        return addressPart(key).map { .field($0) }
    }

    /// What `E-mail 2 - Value` and `Phone 3` are: what the first of them is, if a customer may have several.
    private static func furtherMeaning(ofKey key: String) -> ImportColumn.Meaning? {
        guard let digit = key.firstIndex(where: { ("2"..."9").contains($0) }) else { return nil }
        let (before, after) = (key[..<digit], key[key.index(after: digit)...])
        guard let found = meaning(ofKey: before + "1" + after) ?? meaning(ofKey: String(before + after)) else {
            return nil
        }
        switch found {
        case .field(.email), .field(.phone), .field(.company), .field(.custom), .withheld, .leftOut: return found
        case .field, .unknown: return nil
        }
    }

    /// A header reduced to its folded letters and digits, without what stands in parentheses.
    static func key(_ header: String) -> String {
        var depth = 0
        var bare = ""
        for character in header {
            if character == "(" { depth += 1 }
            if depth == 0 { bare.append(character) }
            if character == ")" { depth = max(depth - 1, 0) }
        }
        return Folding.words(bare).joined()
    }

    static func table<Meaning>(_ entries: [(Meaning, String)]) -> [String: Meaning] {
        var table: [String: Meaning] = [:]
        for (meaning, words) in entries {
            for word in words.split(separator: " ") { table[String(word)] = meaning }
        }
        return table
    }

    private static func addressPart(_ key: String) -> ImportField? {
        if let part = parts[key] { return .address(.main, part) }
        for (prefix, role) in prefixes where key.hasPrefix(prefix) {
            let rest = String(key.dropFirst(prefix.count))
            if let part = parts[rest] { return .address(role, part) }
        }
        return nil
    }
}
