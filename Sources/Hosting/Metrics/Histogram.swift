/// How many values there were of which size.
public struct Histogram: Sendable, Equatable {
    /// The greatest value of each bucket but the last, ascending.
    public let bounds: [Int64]
    /// How many values fell into each bucket alone; the last one holds what is above all bounds.
    public private(set) var counts: [Int64]
    /// All values together.
    public private(set) var sum: Int64 = 0

    /// - Parameter bounds: The greatest value of each bucket but the last, ascending.
    init(_ bounds: [Int64]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// Bounds for times, in nanoseconds: from a quarter of a millisecond to ten seconds.
    static let times: [Int64] = [
        250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000,
        250_000_000, 1_000_000_000, 10_000_000_000,
    ]

    /// Bounds for how many changes share a commit.
    static let sizes: [Int64] = [1, 2, 4, 8, 16, 32, 64, 128, 256]

    /// How many values there were.
    public var count: Int64 { counts.reduce(0, +) }

    mutating func add(_ value: Int64) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum &+= value
    }

    /// Adds the values of another with the same bounds.
    mutating func add(_ other: Histogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        sum &+= other.sum
    }
}
