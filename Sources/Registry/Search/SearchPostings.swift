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
    func rows(of run: SearchRun) -> SearchRows {
        var rows = SearchRows(run: run.start)
        var bytes: [UInt8] = []
        sortedByGram().withUnsafeBufferPointer { sorted in
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

    /// Two passes of a stable counting sort: four times as fast as the library's sort, and places stay ascending.
    private func sortedByGram() -> [UInt64] {
        let digit = 14
        var source = items
        var target = [UInt64](repeating: 0, count: items.count)
        for shift in [UInt64(Self.placeBits), UInt64(Self.placeBits) + UInt64(digit)] {
            var starts = [Int](repeating: 0, count: 1 << digit + 1)
            for item in source { starts[Int(item >> shift) & (1 << digit - 1) + 1] += 1 }
            for index in 1..<starts.count { starts[index] += starts[index - 1] }
            for item in source {
                let bucket = Int(item >> shift) & (1 << digit - 1)
                target[starts[bucket]] = item
                starts[bucket] += 1
            }
            swap(&source, &target)
        }
        return source
    }
}
