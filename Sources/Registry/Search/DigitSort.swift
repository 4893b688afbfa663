/// Puts numbers in order by some of their bits, those that are the same in these as they stood: a counting sort for each
/// digit, far faster than the library's sort of many.
enum DigitSort {
    /// Bits of a digit.
    static let width: UInt64 = 14

    /// Sorts by so many digits from a bit on.
    static func sort(_ numbers: inout [UInt64], from shift: UInt64, digits: Int) {
        numbers.withUnsafeMutableBufferPointer { numbers in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: numbers.count) { spare in
                var (source, target) = (numbers, spare)
                for digit in 0..<digits {
                    distribute(UnsafeBufferPointer(source), into: target, by: shift + UInt64(digit) * width)
                    swap(&source, &target)
                }
                if source.baseAddress != numbers.baseAddress { _ = numbers.update(fromContentsOf: source) }
            }
        }
    }

    private static func distribute(
        _ numbers: UnsafeBufferPointer<UInt64>, into target: UnsafeMutableBufferPointer<UInt64>, by shift: UInt64
    ) {
        let buckets = 1 << Int(width)
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: buckets) { places in
            places.initialize(repeating: 0)
            for number in numbers { places[Int(number >> shift) & (buckets - 1)] += 1 }
            var next: Int32 = 0
            for bucket in 0..<buckets {
                let count = places[bucket]
                places[bucket] = next
                next += count
            }
            for number in numbers {
                let bucket = Int(number >> shift) & (buckets - 1)
                target[Int(places[bucket])] = number
                places[bucket] += 1
            }
        }
    }
}
