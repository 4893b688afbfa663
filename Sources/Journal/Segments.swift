/// The segments that are still needed, and the one that comes next.
struct Segments {
    struct Segment {
        let file: SegmentFile
        /// The number of its first group.
        let first: UInt64
        var used = 0
        /// The newest change of each file in it.
        var newest: [JournalFile: Int64] = [:]
        /// Where the changes of each file are.
        var places: [JournalFile: [Range<Int>]] = [:]
    }

    /// Where a group comes to stand.
    struct Place {
        let file: SegmentFile
        let offset: Int
        let number: UInt64
        let oldest: UInt64
    }

    /// Kept free at the end of each segment for groups without records.
    static let reserve = 1_024

    /// The one that is written stands last.
    private(set) var all: [Segment]
    var ready: SegmentFile?
    /// The number of the next group.
    private(set) var number: UInt64 = 1
    /// The oldest group that is still needed.
    private(set) var oldest: UInt64 = 1
    /// What makes the next segment's name.
    private(set) var serial: Int

    init(_ file: SegmentFile, serial: Int) {
        all = [Segment(file: file, first: 1)]
        self.serial = serial
    }

    private var current: Int { all.count - 1 }

    var currentSize: Int { all[current].file.size }

    /// Whether it is time to make the next segment.
    var needsReady: Bool { ready == nil && all[current].used * 2 > currentSize }

    /// How many bytes the segments take that are full.
    var fullSize: Int { all.dropLast().reduce(0) { $0 + $1.file.size } }

    /// The place of the next group; nil when another segment is needed.
    mutating func place(_ length: Int, isEmpty: Bool) -> Place? {
        let limit = currentSize - (isEmpty ? 0 : Self.reserve)
        if all[current].used + length > limit {
            guard let next = ready, length + Self.reserve <= next.size else { return nil }
            all.append(Segment(file: next, first: number))
            ready = nil
        }
        return Place(file: all[current].file, offset: all[current].used, number: number, oldest: oldest)
    }

    /// Notes a group that has been synced at the place asked for last.
    mutating func add(_ group: Group, _ records: ArraySlice<JournalRecord>) {
        let start = all[current].used
        all[current].used += group.bytes.count
        number += 1
        for (record, place) in zip(records, group.places) {
            all[current].newest[record.file] = record.seq
            all[current].places[record.file, default: []].append(
                start + place..<start + place + record.payload.count)
        }
    }

    /// Takes out where the changes of a file are, so that they can be overwritten.
    mutating func takePlaces(of file: JournalFile) -> [(file: SegmentFile, places: [Range<Int>])] {
        var taken: [(file: SegmentFile, places: [Range<Int>])] = []
        for index in all.indices {
            if let places = all[index].places.removeValue(forKey: file) { taken.append((all[index].file, places)) }
        }
        return taken
    }

    /// From the next group on the oldest segment is not needed any more.
    mutating func passOldest() {
        oldest = all[1].first
    }

    mutating func removeOldest() {
        all.removeFirst()
    }

    mutating func nextSerial() -> Int {
        serial += 1
        return serial
    }
}
