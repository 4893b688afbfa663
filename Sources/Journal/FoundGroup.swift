/// A group as it is found on the disk.
struct FoundGroup {
    /// A record of the group's list.
    struct Entry: Equatable {
        let file: JournalFile
        let seq: Int64
        /// Nil where it is not what was written.
        let payload: [UInt8]?
    }

    let header: GroupHeader
    /// Nil where neither of the two lists is what was written.
    let entries: [Entry]?

    init(_ header: GroupHeader, in bytes: UnsafeRawBufferPointer) {
        self.header = header
        let filled = (header.listLength + 7) / 8 * 8
        let first = header.offset + GroupHeader.length
        let second = header.offset + header.length - GroupHeader.length - filled
        guard second >= first + filled,
            let list = [first, second].map({ UnsafeRawBufferPointer(rebasing: bytes[$0..<$0 + header.listLength]) })
                .first(where: { Checksum.of($0) == header.listChecksum })
        else {
            entries = nil
            return
        }
        entries = Self.entries(
            in: list, count: header.count, held: UnsafeRawBufferPointer(rebasing: bytes[first + filled..<second]))
    }

    /// - Returns: Nil for a list that this program did not write.
    private static func entries(
        in list: UnsafeRawBufferPointer, count: Int, held: UnsafeRawBufferPointer
    ) -> [Entry]? {
        var entries: [Entry] = []
        var (place, start) = (0, 0)
        for _ in 0..<count {
            guard place + 33 <= list.count else { return nil }
            let key = [UInt8](list[place..<place + 16])
            let seq = list.little(Int64.self, at: place + 16)
            let length = Int(list.little(UInt32.self, at: place + 24))
            let checksum = list.little(UInt32.self, at: place + 28)
            let end = place + 33 + Int(list[place + 32])
            guard end <= list.count, start + length <= held.count else { return nil }
            let name = String(decoding: list[place + 33..<end], as: UTF8.self)
            let payload = UnsafeRawBufferPointer(rebasing: held[start..<start + length])
            entries.append(
                Entry(
                    file: JournalFile(key: key, name: name), seq: seq,
                    payload: Checksum.of(payload) == checksum ? [UInt8](payload) : nil))
            place = end
            start += length
        }
        return entries
    }

    /// All groups of a segment, in order; what is damaged between them is passed over.
    static func all(in bytes: UnsafeRawBufferPointer) -> [FoundGroup] {
        var groups: [FoundGroup] = []
        var place = 0
        while place + GroupHeader.length <= bytes.count {
            if let header = GroupHeader(GroupHeader.headMagic, in: bytes, at: place) ?? next(after: place, in: bytes) {
                groups.append(FoundGroup(header, in: bytes))
                place = header.offset + header.length
            } else {
                break
            }
        }
        return groups
    }

    /// The header of the first group behind a place that is none, be it from the group's end.
    private static func next(after place: Int, in bytes: UnsafeRawBufferPointer) -> GroupHeader? {
        var start = place
        while let found = bytes.nextMagic(from: start) {
            if let header = GroupHeader(GroupHeader.headMagic, in: bytes, at: found) { return header }
            if let header = GroupHeader(GroupHeader.tailMagic, in: bytes, at: found), header.offset >= place {
                return header
            }
            start = found + 1
        }
        return nil
    }
}
