import TestSupport

/// A file as the program sees it, and as the disk has it.
struct DiskFile: ~Copyable {
    private static let sector = 512

    private var seen: DiskBytes

    init(_ content: [UInt8]) {
        seen = DiskBytes(content)
    }

    /// Makes a change that is synced.
    mutating func keep(_ change: Disk.Change, _ trace: UnsafeRawBufferPointer) {
        switch change {
        case .bytes(let offset, let data): seen.put(UnsafeRawBufferPointer(rebasing: trace[data]), at: offset)
        case .length(let length): seen.resize(to: length)
        }
    }

    /// Makes changes that are not synced: of each sector one of the states it had, or none, comes to the disk, and one of
    /// the lengths that the file had.
    ///
    /// What was written beyond a shortening is only seen where that is kept: file systems give it new blocks.
    mutating func lose(
        _ changes: [Disk.Change], keeping probability: Double, _ trace: UnsafeRawBufferPointer,
        _ random: inout SeededGenerator
    ) {
        var onDisk = DiskBytes(copying: seen)
        let lengths = lengths(after: changes)
        var keptLengths =
            switch probability {
            case 0: 0
            case 1: lengths.count
            default: random.below(lengths.count + 1)
            }
        let finalLength = keptLengths == 0 ? seen.count : lengths[keptLengths - 1]
        // From here on nothing is seen.
        var border = Int.max
        for change in changes {
            let before = seen.count
            keep(change, trace)
            let isLengthKept = keptLengths > 0
            if seen.count != before { keptLengths -= 1 }
            switch change {
            case .bytes(let offset, let data):
                let end = min(offset + data.count, border)
                if offset < end { Self.keepSectors(offset..<end, probability, of: seen, on: &onDisk, &random) }
            case .length(let length):
                guard length < before else { continue }
                if isLengthKept {
                    if length < onDisk.count { onDisk.resize(to: length) }
                } else {
                    border = min(border, length)
                }
            }
        }
        onDisk.resize(to: finalLength)
        seen = onDisk
    }

    func write(to path: String) throws { try seen.write(to: path) }

    /// The lengths that the file gets, one after the other.
    private func lengths(after changes: [Disk.Change]) -> [Int] {
        var lengths: [Int] = []
        var length = seen.count
        for change in changes {
            let next =
                switch change {
                case .bytes(let offset, let data): max(length, offset + data.count)
                case .length(let new): new
                }
            if next != length { lengths.append(next) }
            length = next
        }
        return lengths
    }

    private static func keepSectors(
        _ range: Range<Int>, _ probability: Double, of seen: borrowing DiskBytes, on disk: inout DiskBytes,
        _ random: inout SeededGenerator
    ) {
        guard probability > 0 else { return }
        var start = range.lowerBound / sector * sector
        while start < range.upperBound {
            let end = min(start + sector, seen.count)
            if probability == 1 || Double(random.next() >> 11) < probability * 0x1p53 {
                disk.put(start..<end, of: seen)
            }
            start += sector
        }
    }
}
