/// Records that are written and synced together, as bytes: a header, the list of the records, what they hold, the list
/// and the header again.
struct Group {
    let header: GroupHeader
    let bytes: [UInt8]
    /// Where what each record holds begins, counted from the group's start.
    let places: [Int]

    init(_ records: ArraySlice<JournalRecord>, generation: UInt64, number: UInt64, oldest: UInt64, offset: Int) {
        var list: [UInt8] = []
        list.reserveCapacity(records.count * 48)
        for record in records {
            list.append(contentsOf: record.file.key)
            list.append(little: record.seq)
            list.append(little: UInt32(record.payload.count))
            list.append(little: Checksum.of(record.payload))
            list.append(UInt8(record.file.name.utf8.count))
            list.append(contentsOf: record.file.name.utf8)
        }
        let listLength = list.count
        let checksum = Checksum.of(list)
        list.fillUp()
        let length = Self.length(of: records)
        header = GroupHeader(
            listLength: listLength, length: length, count: records.count, generation: generation, number: number,
            oldest: oldest, offset: offset, listChecksum: checksum)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        bytes += header.bytes(GroupHeader.headMagic)
        bytes += list
        var places: [Int] = []
        places.reserveCapacity(records.count)
        for record in records {
            places.append(bytes.count)
            bytes += record.payload
        }
        bytes.fillUp()
        bytes += list
        bytes += header.bytes(GroupHeader.tailMagic)
        self.bytes = bytes
        self.places = places
    }

    /// How many bytes a group of these records takes.
    static func length(of records: ArraySlice<JournalRecord>) -> Int {
        let list = records.reduce(0) { $0 + 33 + $1.file.name.utf8.count }
        let held = records.reduce(0) { $0 + $1.payload.count }
        return 2 * (GroupHeader.length + (list + 7) / 8 * 8) + (held + 7) / 8 * 8
    }

    /// How many bytes a record adds to a group at most.
    static func room(for record: JournalRecord) -> Int {
        2 * (33 + record.file.name.utf8.count) + record.payload.count
    }
}
