internal import Storage

/// Finds customers by words: most through the index, the newest by looking at each.
struct SearchReader {
    private let table: SearchTableReader
    private let words: [SearchWord]

    /// Customers of a stretch that is looked at one by one.
    private static let stretch: Int64 = 1_024

    /// Words that must all be found.
    init(_ words: [SearchWord], _ transaction: ReadTransaction) {
        self.words = words
        table = SearchTableReader(transaction)
    }

    /// The next customers by id, at most `limit`; some of them may not fit, but whoever fits is there.
    ///
    /// - Returns: The candidates, the id behind which to go on (nil at the end), and how many customers were looked at.
    func ids(after id: Int64, limit: Int) throws -> (ids: [Int64], end: Int64?, cost: Int) {
        guard !words.isEmpty else { return ([], nil, 0) }
        let blocks = try table.indexedBlocks()
        var ids: [Int64] = []
        for run in SearchRun.runs(ofBlocks: blocks) where run.ids.upperBound > id + 1 {
            guard let found = try customers(in: run) else { continue }
            var place = found.first(from: run.place(of: max(id + 1, run.ids.lowerBound)))
            while let next = place {
                ids.append(run.ids.lowerBound + Int64(next))
                if ids.count == limit { return (ids, ids.last, ids.count) }
                place = found.first(from: next + 1)
            }
        }
        let start = max(id + 1, blocks * SearchRun.blockSize)
        let last = try table.lastID()
        for customer in try table.customers(start..<start + Self.stretch) where contains(SearchTerms(customer)) {
            ids.append(customer.id)
            if ids.count == limit { return (ids, ids.last, ids.count + Int(Self.stretch / 4)) }
        }
        let end = start + Self.stretch - 1
        return (ids, end < last ? end : nil, ids.count + Int(Self.stretch / 4))
    }

    /// Whether a customer is found after all.
    func finds(_ id: Int64) throws -> Bool {
        try table.customers(id..<id + 1).contains { contains(SearchTerms($0)) }
    }

    func contains(_ terms: SearchTerms) -> Bool { words.allSatisfy(terms.contain) }

    /// Who has all grams of every word; nil when nobody has.
    private func customers(in run: SearchRun) throws -> CustomerBits? {
        var found: CustomerBits?
        for word in words {
            let starting = try customers(with: word.starting, in: run)
            let inside = try customers(with: word.inside, in: run)
            guard var either = starting ?? inside else { return nil }
            if starting != nil, let inside { either.formUnion(inside) }
            if let all = found { either.formIntersection(all) }
            guard !either.isEmpty else { return nil }
            found = either
        }
        return found
    }

    private func customers(with grams: [SearchGram], in run: SearchRun) throws -> CustomerBits? {
        var found: CustomerBits?
        for gram in grams {
            guard var next = try table.customers(with: gram, in: run) else { return nil }
            if let all = found { next.formIntersection(all) }
            guard !next.isEmpty else { return nil }
            found = next
        }
        return found
    }
}
