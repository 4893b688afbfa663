/// What a customer is found by: words, each from its start, and addresses, by any three bytes or more of them.
struct SearchTerms: Sendable, Equatable {
    /// Folded words as UTF-8, each behind a ``mark``.
    private(set) var words: [UInt8] = []
    /// Folded e-mail addresses as UTF-8, each behind a ``mark``.
    private(set) var addresses: [UInt8] = []

    /// Stands before each word; no folded text has it.
    static let mark: UInt8 = 0

    /// No terms.
    init() {}

    /// The folded words of the names, the company and the tags, the telephone number as dialled abroad and as written,
    /// and the e-mail address.
    ///
    /// Umlauts are found spelt out as well, whatever the shop's language: the terms must not depend on settings.
    init(_ customer: SearchableCustomer) {
        words.reserveCapacity(96)
        addresses.reserveCapacity(48)
        add(name: customer.name)
        add(name: customer.firstName)
        add(name: customer.lastName)
        add(name: customer.company)
        for tag in customer.tags { add(name: tag) }
        if let email = customer.emailKey { add(address: Folding.folded(email)) }
        let (dialled, written) = (Self.digits(of: customer.phoneKey), Self.digits(of: customer.phone))
        if let dialled { add(word: dialled) }
        if let written, written != dialled { add(word: written) }
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
        if !word.isAddress, Bytes.contain(words, word.marked) { return true }
        if word.isLong { return Bytes.contain(addresses, word.bytes) }
        var isFound = false
        forEachLocalWord { start, end in
            isFound = isFound || addresses[start..<end].starts(with: word.bytes)
        }
        return isFound
    }

    /// Every gram that the index keeps of the customer, some of them twice.
    func forEachGram(_ body: (SearchGram) -> Void) {
        var start = 0
        for end in 1...max(words.count, 1) where end >= words.count || words[end] == Self.mark {
            // Behind the mark.
            start += 1
            guard end > start else { continue }
            for length in 1...3 where length <= end - start { body(SearchGram(startOf: words, at: start, length)) }
            var place = start + 1
            while place + 3 <= end {
                body(SearchGram(inside: words, at: place))
                place += 1
            }
            start = end
        }
        forEachLocalWord { start, end in
            for length in 1...2 where length <= end - start { body(SearchGram(startOf: addresses, at: start, length)) }
        }
        var place = 0
        while place + 3 <= addresses.count {
            if addresses[place] != Self.mark, addresses[place + 1] != Self.mark, addresses[place + 2] != Self.mark {
                body(SearchGram(ofAddress: addresses, at: place))
            }
            place += 1
        }
    }

    private mutating func add(name: String?) {
        guard var name else { return }
        let count = words.count
        let isPlain = name.withUTF8 { addPlain($0) }
        guard isPlain, words.count > count, words[count + 1] > 0x39 else {
            words.removeSubrange(count...)
            return addUnusual(name)
        }
    }

    /// The words of a text of Latin letters, each also with what is written ae, oe and ue as a, o and u, and with what is
    /// written ä, ö and ü spelt out.
    ///
    /// - Returns: False for another text, or an address; what was added is then to be removed.
    private mutating func addPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var word = OpenWord()
        var index = 0
        while index < text.count {
            var byte = text[index]
            if 0x41...0x5A ~= byte { byte += 0x20 }
            switch byte {
            case 0x61...0x7A, 0x30...0x39: add(byte, to: &word)
            case 0x80...:
                guard let letter = LatinFolding.letter(in: text, at: index) else { return false }
                if letter.isUmlaut { word.umlauts.append(word.isOpen ? words.count - word.start : 1) }
                for byte in letter.bytes { add(byte, to: &word) }
                index += 1
            case UInt8(ascii: "@"): return false
            default: close(&word)
            }
            index += 1
        }
        close(&word)
        return true
    }

    /// A word that is being added.
    private struct OpenWord {
        var isOpen = false
        /// Where its mark stands.
        var start = 0
        /// Whether it has an ae, oe or ue.
        var isContracted = false
        /// Where it has a, o or u that had two dots, counted from the mark.
        var umlauts: [Int] = []
    }

    private mutating func add(_ byte: UInt8, to word: inout OpenWord) {
        if !word.isOpen {
            word.isOpen = true
            word.start = words.count
            words.append(Self.mark)
        } else if byte == UInt8(ascii: "e"), Self.isContracting(words[words.count - 1]) {
            word.isContracted = true
        }
        words.append(byte)
    }

    /// Adds the other spellings of the word.
    private mutating func close(_ word: inout OpenWord) {
        guard word.isOpen else { return }
        let plain = word.start..<words.count
        if word.isContracted { addContracted(plain) }
        if !word.umlauts.isEmpty { addSpellings(plain, word.umlauts) }
        word = OpenWord()
    }

    private mutating func addContracted(_ word: Range<Int>) {
        for index in word {
            let byte = words[index]
            if byte != UInt8(ascii: "e") || !Self.isContracting(words[index - 1]) { words.append(byte) }
        }
    }

    /// The word with an e after some of its umlauts, in all mixtures as ``Folding/indexTerms(for:phonebook:)`` has them.
    private mutating func addSpellings(_ word: Range<Int>, _ umlauts: [Int]) {
        let all = 1 << min(umlauts.count, 16) - 1
        for choice in umlauts.count > 4 ? all...all : 1...all {
            for place in 0..<word.count {
                words.append(words[word.lowerBound + place])
                guard let index = umlauts.firstIndex(of: place) else { continue }
                if umlauts.count > 4 || choice & 1 << index != 0 { words.append(UInt8(ascii: "e")) }
            }
        }
    }

    private static func isContracting(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "a") || byte == UInt8(ascii: "o") || byte == UInt8(ascii: "u")
    }

    /// A name beyond Latin letters, one that looks like a number or an address, or one without any letter.
    private mutating func addUnusual(_ name: String) {
        for term in Folding.indexTerms(for: name, phonebook: true) { add(word: term.utf8) }
        for word in SearchWords.words(name) {
            if word.contains("@") {
                add(address: word)
            } else {
                add(word: word.utf8)
            }
        }
    }

    private static func digits(of phone: String?) -> [UInt8]? { phone.flatMap(SearchWords.digits) }

    private mutating func add(word: some Sequence<UInt8>) {
        words.append(Self.mark)
        words.append(contentsOf: word)
    }

    private mutating func add(address: String) {
        addresses.append(Self.mark)
        addresses.append(contentsOf: address.utf8)
    }

    /// Calls `body` with where each word before an address's last at sign begins and ends.
    private func forEachLocalWord(_ body: (Int, Int) -> Void) {
        guard let at = addresses.lastIndex(of: UInt8(ascii: "@")) else { return }
        var start = 0
        for index in 0...at {
            let byte = addresses[index]
            guard 0x61...0x7A ~= byte || 0x30...0x39 ~= byte || byte >= 0x80 else {
                if index > start { body(start, index) }
                start = index + 1
                continue
            }
        }
    }
}
