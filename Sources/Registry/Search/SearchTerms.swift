/// The words a customer is found by; each is matched from its start.
enum SearchTerms {
    /// The terms of a customer as stored.
    static func terms(of customer: Customer) -> Set<String> {
        terms(of: customer.fields, number: customer.number, tags: customer.tags)
    }

    /// The distinct terms: folded words of the names, the company and the tags, the parts and the whole of the e-mail
    /// address, the telephone number as dialled abroad and as written, and the customer's number.
    ///
    /// Umlauts are found spelt out as well, whatever the shop's language: the terms must not depend on settings.
    static func terms(of fields: CustomerFields, number: Int64, tags: [String]) -> Set<String> {
        var terms: Set<String> = [String(number)]
        for text in [fields.fullName, fields.firstName, fields.lastName, fields.company].compactMap(\.self) + tags {
            terms.formUnion(Folding.indexTerms(for: text, phonebook: true))
            terms.formUnion(query(text))
        }
        if let email = fields.email {
            terms.insert(Folding.folded(email.key))
            terms.formUnion(Folding.words(email.key))
        }
        if let phone = fields.phone {
            for text in [fields.phoneKey, phone].compactMap(\.self) {
                if let digits = digits(of: text) { terms.insert(digits) }
            }
        }
        return terms
    }

    /// The words of a query: each must be the start of a term.
    ///
    /// What looks like a telephone number is its digits, what looks like an e-mail address is one word, and a text
    /// without any letter or digit is a word as a whole.
    static func query(_ text: String) -> [String] {
        if isNumber(text), let digits = digits(of: text) { return [digits] }
        let tokens = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let words = tokens.flatMap { $0.contains("@") ? [Folding.folded($0)] : Folding.words($0) }
        guard words.isEmpty, !tokens.isEmpty else { return words }
        // Folding leaves nothing of invisible characters, but they can be all there is of a name.
        let whole = Folding.folded(text)
        return [whole.isEmpty ? tokens.joined(separator: " ") : whole]
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.count { (0x30...0x39).contains($0) }
        return digits > 0 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || " +-/().".utf8.contains($0) }
    }

    /// The word that decides most: the longest.
    static func leading(_ words: [String]) -> String {
        words.max { $0.utf8.count < $1.utf8.count } ?? ""
    }

    private static func digits(of text: String) -> String? {
        let digits = text.compactMap { $0.wholeNumberValue }.map(String.init).joined()
        guard !digits.isEmpty else { return nil }
        // An international number is written with + or 00; both are found by what follows.
        return digits.hasPrefix("00") && digits.utf8.count > 2 ? String(digits.dropFirst(2)) : digits
    }
}
