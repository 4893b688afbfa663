/// Grams with the places of customers, gathered for one run and put in order.
struct SearchPostings {
    /// Gram and place, each gram's places ascending.
    private var items: [UInt64] = []
    private let capacity: Int

    private static let placeBits: UInt64 = 14

    init(for run: SearchRun) {
        capacity = run.capacity
        items.reserveCapacity(capacity * 48)
    }

    /// Adds a customer, who stands behind all that were added before.
    mutating func add(_ terms: SearchTerms, at place: Int) {
        terms.forEachGram { items.append(UInt64($0.rawValue) << Self.placeBits | UInt64(place)) }
    }

    /// Adds the customers of a part of the run, who stand behind all that were added before.
    ///
    /// `offset` is the place of the part's first customer.
    mutating func add(_ rows: [SearchRow], of part: SearchRun, offset: Int) {
        for row in rows {
            let gram = UInt64(row.gram) << Self.placeBits
            CustomerBits.forEachPlace(stored: row.customers, capacity: part.capacity) { place in
                items.append(gram | UInt64(place + offset))
            }
        }
    }

    /// Leaves out whoever is not at one of these places.
    mutating func keep(_ places: Set<Int>) {
        items.removeAll { !places.contains(Int($0 & (1 << Self.placeBits - 1))) }
    }

    /// The rows, by gram.
    mutating func rows(of run: SearchRun) -> SearchRows {
        var rows = SearchRows(run: run.start)
        var bytes: [UInt8] = []
        // The gram has two digits; places stay ascending.
        DigitSort.sort(&items, from: Self.placeBits, digits: 2)
        items.withUnsafeBufferPointer { sorted in
            var start = 0
            while start < sorted.count {
                let gram = sorted[start] >> Self.placeBits
                var end = start + 1
                while end < sorted.count, sorted[end] >> Self.placeBits == gram { end += 1 }
                let items = UnsafeBufferPointer(rebasing: sorted[start..<end])
                CustomerBits.store(items, capacity: capacity, in: &bytes) { Int($0 & (1 << Self.placeBits - 1)) }
                bytes.withUnsafeBytes { rows.append(gram: Int64(gram), customers: $0) }
                start = end
            }
        }
        rows.close()
        return rows
    }
}
