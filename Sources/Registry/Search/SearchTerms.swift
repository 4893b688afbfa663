/// What a customer is found by: words, each from its start, and addresses, by any three bytes or more of them.
struct SearchTerms: Sendable, Equatable {
    /// Folded, as UTF-8.
    private(set) var words: [[UInt8]] = []
    private(set) var addresses: [[UInt8]] = []

    /// No terms.
    init() {}

    /// The folded words of the names, the company and the tags, the telephone number as dialled abroad and as written,
    /// and the e-mail address.
    ///
    /// Umlauts are found spelt out as well, whatever the shop's language: the terms must not depend on settings.
    init(_ customer: SearchableCustomer) {
        add(name: customer.name)
        if customer.firstName != nil || customer.lastName != nil {
            add(name: customer.firstName)
            add(name: customer.lastName)
        }
        add(name: customer.company)
        for tag in customer.tags { add(name: tag) }
        if let email = customer.emailKey { addresses.append(Array(Folding.folded(email).utf8)) }
        for number in [customer.phoneKey, customer.phone] {
            if let digits = number.flatMap(SearchWords.digits) { add(digits) }
        }
    }

    static func terms(of customer: Customer) -> SearchTerms {
        SearchTerms(SearchableCustomer(customer))
    }

    /// The terms of a customer who carries these tags instead.
    static func terms(of customer: Customer, tagged tags: [String]) -> SearchTerms {
        var searchable = SearchableCustomer(customer)
        searchable.tags = tags
        return SearchTerms(searchable)
    }

    /// Whether a word of a query finds the customer.
    func contain(_ word: SearchWord) -> Bool {
        let bytes = word.bytes
        if !word.isAddress, words.contains(where: { $0.starts(with: bytes) }) { return true }
        guard bytes.count > 2 else {
            return addresses.contains { Self.localWords($0).contains { $0.starts(with: bytes) } }
        }
        return addresses.contains { Self.isFound(bytes, in: $0) }
    }

    /// Every gram that the index keeps of the customer, some of them twice.
    func forEachGram(_ body: (SearchGram) -> Void) {
        for word in words {
            for length in 1...3 where length <= word.count { body(SearchGram(startOf: word, length: length)) }
            if word.count > 3 {
                for start in 1...(word.count - 3) { body(SearchGram(inside: word[start..<start + 3])) }
            }
        }
        for address in addresses {
            for word in Self.localWords(address) {
                for length in 1...2 where length <= word.count { body(SearchGram(startOf: word, length: length)) }
            }
            guard address.count > 2 else { continue }
            for start in 0...(address.count - 3) { body(SearchGram(ofAddress: address[start..<start + 3])) }
        }
    }

    private mutating func add(name: String?) {
        guard let name else { return }
        let count = words.count
        var isPlain = true
        var word: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0x61...0x7A, 0x30...0x39: word.append(byte)
            case 0x41...0x5A: word.append(byte + 0x20)
            case 0x80..., UInt8(ascii: "@"): isPlain = false
            default:
                if !word.isEmpty { addPlain(word) }
                word.removeAll(keepingCapacity: true)
            }
            guard isPlain else { break }
        }
        if isPlain, !word.isEmpty { addPlain(word) }
        guard isPlain, words.count > count, words[count][0] > 0x39 else {
            words.removeSubrange(count...)
            return addUnusual(name)
        }
    }

    /// A word of ASCII letters and digits; written ae, oe and ue also count as a, o and u.
    private mutating func addPlain(_ word: [UInt8]) {
        add(word)
        var contracted: [UInt8] = []
        var previous: UInt8 = 0
        for byte in word {
            let isVowel =
                previous == UInt8(ascii: "a") || previous == UInt8(ascii: "o") || previous == UInt8(ascii: "u")
            if byte != UInt8(ascii: "e") || !isVowel { contracted.append(byte) }
            previous = byte
        }
        if contracted.count < word.count { add(contracted) }
    }

    /// A name beyond ASCII, one that looks like a number or an address, or one without any letter.
    private mutating func addUnusual(_ name: String) {
        for term in Folding.indexTerms(for: name, phonebook: true) { add(Array(term.utf8)) }
        for word in SearchWords.words(name) {
            if word.contains("@") {
                addresses.append(Array(word.utf8))
            } else {
                add(Array(word.utf8))
            }
        }
    }

    private mutating func add(_ word: [UInt8]) {
        if !words.contains(word) { words.append(word) }
    }

    /// What stands before an address's last at sign, in words.
    private static func localWords(_ address: [UInt8]) -> [ArraySlice<UInt8>] {
        let local = address.lastIndex(of: UInt8(ascii: "@")).map { address[..<$0] } ?? address[...]
        return local.split { byte in !(0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte >= 0x80) }
    }

    private static func isFound(_ bytes: [UInt8], in text: [UInt8]) -> Bool {
        guard text.count >= bytes.count else { return false }
        return (0...(text.count - bytes.count)).contains { text[$0] == bytes[0] && text[$0...].starts(with: bytes) }
    }
}
