/// Neighbouring customers whose grams are kept together: 1, 4 or 16 blocks of 1,024 ids.
///
/// The runs of an index follow from how many blocks it holds: as many of 16 as fit, then of 4, then single ones. A block is
/// entered once all its ids are given out; four equal runs become one, so a search looks at few of them.
struct SearchRun: Sendable, Equatable {
    /// Ids in a block.
    static let blockSize: Int64 = 1_024

    /// The first block, counted from 0; the run's key.
    let start: Int64
    let blocks: Int64

    var end: Int64 { start + blocks }

    var ids: Range<Int64> { start * Self.blockSize..<end * Self.blockSize }

    /// How many customers can be in it.
    var capacity: Int { Int(blocks * Self.blockSize) }

    /// Where a customer of the run stands in it.
    func place(of id: Int64) -> Int { Int(id - ids.lowerBound) }

    /// The runs of an index of so many blocks, from the first customer on.
    static func runs(ofBlocks count: Int64) -> [SearchRun] {
        var runs: [SearchRun] = []
        var start: Int64 = 0
        for size: Int64 in [16, 4, 1] {
            while start + size <= count {
                runs.append(SearchRun(start: start, blocks: size))
                start += size
            }
        }
        return runs
    }

    /// The run that holds a customer in an index of so many blocks, nil when the customer is not in it yet.
    static func run(of id: Int64, inBlocks count: Int64) -> SearchRun? {
        let block = id / blockSize
        guard block < count else { return nil }
        for size: Int64 in [16, 4, 1] {
            let start = block / size * size
            if start + size <= count { return SearchRun(start: start, blocks: size) }
        }
        return nil
    }
}
