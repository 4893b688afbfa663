internal import Foundation

/// What is kept aside of files that could not be made whole, when the journal lets go of it: in `kept-<generation>`, for
/// each of them and each segment a file of its own with one group, so that nothing of anybody else is in it.
struct KeptChanges {
    private static let prefix = "kept-"
    private static let ending = ".journal"

    /// The journal's folder.
    let path: String

    /// Copies what the segments have of some files; what is damaged is left out.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    func add(_ files: Set<JournalFile>, from segments: [String], of generation: UInt64) throws(JournalError) {
        let folder = "\(path)/\(Self.prefix)\(generation)"
        for segment in segments {
            var records: [JournalFile: [JournalRecord]] = [:]
            for entry in try JournalScan.groups(of: segment).compactMap(\.entries).joined()
            where files.contains(entry.file) {
                guard let payload = entry.payload else { continue }
                records[entry.file, default: []].append(
                    JournalRecord(file: entry.file, seq: entry.seq, payload: payload))
            }
            for (file, records) in records {
                let serial = (segment as NSString).lastPathComponent.dropLast(Self.ending.count)
                let key = file.key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
                let group = Group(records[...], generation: generation, number: 1, oldest: 1, offset: 0)
                try write(group.bytes, to: "\(folder)/\(serial)-\(key)\(Self.ending)", in: folder)
            }
        }
    }

    /// What is kept of a file's changes, in order.
    ///
    /// Those of a later host count where they begin anew: the file went on without what was kept before.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    func changes(of key: [UInt8]) throws(JournalError) -> [JournalScan.Change] {
        var changes: [Int64: [UInt8]] = [:]
        for folder in try folders() {
            var own: [Int64: [UInt8]] = [:]
            for part in try JournalScan.segments(in: folder) {
                for entry in try JournalScan.groups(of: part).compactMap(\.entries).joined()
                where entry.file.key == key {
                    if let payload = entry.payload { own[entry.seq] = payload }
                }
            }
            guard let first = own.keys.min() else { continue }
            changes = changes.filter { $0.key < first }.merging(own) { $1 }
        }
        return changes.sorted { $0.key < $1.key }.map { JournalScan.Change(seq: $0.key, payload: $0.value) }
    }

    /// How many bytes are kept of each file.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    func sizes() throws(JournalError) -> [JournalFile: Int] {
        var sizes: [JournalFile: Int] = [:]
        for part in try parts() {
            for (file, size) in try Self.sizes(in: part) { sizes[file, default: 0] += size }
        }
        return sizes
    }

    /// Deletes what is kept for nobody.
    ///
    /// An older program kept whole segments: such a one stays as long as anybody in it is needed.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    func sweep(_ isNeeded: (JournalFile) -> Bool) throws(JournalError) {
        for part in try parts() where try !Self.sizes(in: part).keys.contains(where: isNeeded) {
            guard unlink(part) == 0 else { throw .system(call: "unlink", path: part, errno: errno) }
            guard SegmentFile.syncFolder(of: part) else { throw .system(call: "fsync", path: part, errno: errno) }
        }
        // Those in which something is left stay.
        for folder in try folders() { rmdir(folder) }
    }

    private func parts() throws(JournalError) -> [String] {
        var parts: [String] = []
        for folder in try folders() { parts += try JournalScan.segments(in: folder) }
        return parts
    }

    /// One for each host that has kept something, in their order.
    private func folders() throws(JournalError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw .system(call: "readdir", path: path, errno: errno)
        }
        let generations = names.filter { $0.hasPrefix(Self.prefix) }.compactMap {
            UInt64($0.dropFirst(Self.prefix.count))
        }
        return generations.sorted().map { "\(path)/\(Self.prefix)\($0)" }
    }

    private func write(_ bytes: [UInt8], to file: String, in folder: String) throws(JournalError) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw .system(call: "mkdir", path: folder, errno: errno) }
        let draft = "\(file).new"
        unlink(draft)
        try SegmentFile.make(draft, of: bytes)
        guard rename(draft, file) == 0 else { throw .system(call: "rename", path: draft, errno: errno) }
        guard SegmentFile.syncFolder(of: file), SegmentFile.syncFolder(of: folder) else {
            throw .system(call: "fsync", path: folder, errno: errno)
        }
    }

    private static func sizes(in part: String) throws(JournalError) -> [JournalFile: Int] {
        var sizes: [JournalFile: Int] = [:]
        for entry in try JournalScan.groups(of: part).compactMap(\.entries).joined() {
            sizes[entry.file, default: 0] += entry.payload?.count ?? 0
        }
        return sizes
    }
}
