/// How long requests took, in microseconds.
struct Latencies {
    private var microseconds: [UInt32] = []

    init() {
        microseconds.reserveCapacity(1 << 20)
    }

    var count: Int { microseconds.count }

    mutating func append(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        microseconds.append(UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    }

    mutating func append(contentsOf other: Latencies) {
        microseconds.append(contentsOf: other.microseconds)
    }

    /// The time within which so many of 100 requests were answered, in milliseconds; 0 when there were none.
    func percentiles(_ percents: [Int]) -> [Double] {
        let sorted = microseconds.sorted()
        guard let longest = sorted.last else { return percents.map { _ in 0 } }
        return percents.map { percent in
            let rank = sorted.count * percent / 100
            return Double(rank < sorted.count ? sorted[rank] : longest) / 1000
        }
    }
}
