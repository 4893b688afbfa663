/// Checks on a customer what the index that proposed it did not decide.
struct CustomerFilter {
    private let query: CustomerQuery
    private let words: [String]
    private let tagKey: String?

    init(_ query: CustomerQuery) {
        self.query = query
        words = query.search.map(SearchTerms.query) ?? []
        tagKey = query.tag.map(Folding.folded)
    }

    /// Whether everything but the search fits.
    func accepts(_ customer: Customer) -> Bool {
        guard customer.mergedInto == nil else { return false }
        if let status = query.status {
            guard customer.status == status else { return false }
        } else if customer.status == .erased {
            return false
        }
        if let isSubscribed = query.isSubscribed, customer.isSubscribed != isSubscribed { return false }
        if let channel = query.channel, !customer.channels.contains(channel) { return false }
        if let tagKey, !customer.tags.contains(where: { Folding.folded($0) == tagKey }) { return false }
        return true
    }

    /// Whether there is no search, or every word starts a term and this candidate is the first of the customer's terms that fits.
    func isFound(_ customer: Customer, as candidate: CustomerCursor) -> Bool {
        guard query.search != nil else { return true }
        let terms = SearchTerms.terms(of: customer)
        guard words.allSatisfy({ word in terms.contains { $0.utf8.starts(with: word.utf8) } }) else { return false }
        let leading = SearchTerms.leading(words)
        // Bytes are compared, as the index does.
        let first = terms.filter { $0.utf8.starts(with: leading.utf8) }.min {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return first == candidate.text
    }
}
