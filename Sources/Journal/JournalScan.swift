internal import Foundation

/// What a journal holds when it is found, before anything is written.
public struct JournalScan: Sendable {
    /// A transaction's changes.
    public struct Change: Sendable, Equatable {
        public let seq: Int64
        /// Nil where it is not what was written, although something was written after it.
        public let payload: [UInt8]?

        public init(seq: Int64, payload: [UInt8]?) {
            self.seq = seq
            self.payload = payload
        }
    }

    /// The newest generation that was begun, 0 when there was none.
    public let generation: UInt64
    /// What was written of each file since then and may be missing in it, in order.
    public let histories: [JournalFile: [Change]]
    /// Whether the journal was closed, and says that nothing is missing.
    public let isSettled: Bool
    /// How many records of the last write are not whole, which nobody has been told of.
    public let cutCount: Int

    /// Reads all segments of a folder.
    ///
    /// - Throws: ``JournalError/damaged(file:offset:)``, ``JournalError/system(call:path:errno:)``.
    init(_ folder: String) throws(JournalError) {
        var found: [(path: String, group: FoundGroup)] = []
        for path in try Self.segments(in: folder) {
            found += try Self.groups(of: path).map { (path, $0) }
        }
        try self.init(found)
    }

    /// Puts together what was found in the segments.
    ///
    /// - Throws: ``JournalError/damaged(file:offset:)``.
    init(_ all: [(path: String, group: FoundGroup)]) throws(JournalError) {
        var found = all
        generation = found.map(\.group.header.generation).max() ?? 0
        let newest = generation
        found = found.filter { $0.group.header.generation == newest }
            .sorted { $0.group.header.number < $1.group.header.number }
        guard let last = found.last?.group.header else {
            (histories, isSettled, cutCount) = ([:], false, 0)
            return
        }
        var histories: [JournalFile: [Change]] = [:]
        var cutCount = 0
        var expected = last.oldest
        var end = 0
        for (path, group) in found where group.header.number >= last.oldest {
            let header = group.header
            let isLast = header.number == last.number
            if header.offset == 0 { end = 0 }
            guard header.number == expected, isLast || group.entries != nil else {
                throw .damaged(file: path, offset: min(end, header.offset))
            }
            if group.entries == nil { cutCount += header.count }
            // Who wrote the last one may not have come to its end: nobody was told of it, nor of what goes on from it.
            var cut: Set<JournalFile> = []
            for entry in group.entries ?? [] {
                if isLast, entry.payload == nil || cut.contains(entry.file) {
                    cutCount += 1
                    cut.insert(entry.file)
                } else {
                    histories[entry.file, default: []].append(Change(seq: entry.seq, payload: entry.payload))
                }
            }
            expected = header.number + 1
            end = header.offset + header.length
        }
        (self.histories, isSettled, self.cutCount) = (histories, last.number == GroupHeader.closing, cutCount)
    }

    /// What is found in a segment.
    static func groups(of path: String) throws(JournalError) -> [FoundGroup] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .system(call: "read", path: path, errno: EIO)
        }
        return data.withUnsafeBytes { FoundGroup.all(in: $0) }
    }

    /// The paths of a folder's segments, in the order they were made.
    static func segments(in folder: String) throws(JournalError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".journal") }
                .sorted().map { "\(folder)/\($0)" }
        } catch {
            throw .system(call: "readdir", path: folder, errno: errno)
        }
    }
}
