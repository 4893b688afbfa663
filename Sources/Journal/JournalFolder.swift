internal import Foundation

/// The folder of a journal, which one process has at a time.
public final class JournalFolder: Sendable {
    let path: String
    private let lock: Int32

    /// Makes the folder if it is missing.
    ///
    /// - Throws: ``JournalError/inUse(directory:)``, ``JournalError/system(call:path:errno:)``.
    public init(_ path: String) throws(JournalError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .system(call: "mkdir", path: path, errno: errno) }
        guard SegmentFile.syncFolder(of: path) else { throw .system(call: "fsync", path: path, errno: errno) }
        lock = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw .system(call: "open", path: path, errno: errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .inUse(directory: path)
        }
        self.path = path
    }

    deinit {
        close(lock)
    }

    /// Lets others have it.
    func release() {
        flock(lock, LOCK_UN)
    }

    /// What is in it.
    ///
    /// - Throws: ``JournalError/damaged(file:offset:)``, ``JournalError/system(call:path:errno:)``.
    public func scan() throws(JournalError) -> JournalScan {
        try JournalScan(path)
    }

    /// Keeps the segments that there are aside, for whoever looks into what could not be put where it belongs.
    ///
    /// - Parameter generation: Whose segments they are.
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public func keepCopy(of generation: UInt64) throws(JournalError) {
        let copy = "\(path)/\(Self.keptPrefix)\(generation)"
        if mkdir(copy, 0o700) != 0, errno != EEXIST { throw .system(call: "mkdir", path: copy, errno: errno) }
        for segment in try JournalScan.segments(in: path) {
            let target = "\(copy)/\((segment as NSString).lastPathComponent)"
            if link(segment, target) != 0, errno != EEXIST {
                throw .system(call: "link", path: target, errno: errno)
            }
        }
        guard SegmentFile.syncFolder(of: "\(copy)/"), SegmentFile.syncFolder(of: copy) else {
            throw .system(call: "fsync", path: copy, errno: errno)
        }
    }

    /// What was kept aside of a file's changes, in order; what is damaged is left out.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public func kept(of file: [UInt8]) throws(JournalError) -> [JournalScan.Change] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix(Self.keptPrefix) }
        } catch {
            throw .system(call: "readdir", path: path, errno: errno)
        }
        var changes: [Int64: [UInt8]] = [:]
        for name in names {
            for segment in try JournalScan.segments(in: "\(path)/\(name)") {
                for entry in try JournalScan.groups(of: segment).compactMap(\.entries).joined()
                where entry.file.key == file {
                    if let payload = entry.payload { changes[entry.seq] = payload }
                }
            }
        }
        return changes.sorted { $0.key < $1.key }.map { JournalScan.Change(seq: $0.key, payload: $0.value) }
    }

    private static let keptPrefix = "kept-"

    func segment(_ serial: Int) -> String {
        let digits = String(serial)
        return "\(path)/\(String(repeating: "0", count: max(0, 12 - digits.count)))\(digits).journal"
    }

    static func serial(of segment: String) -> Int {
        Int((segment as NSString).lastPathComponent.dropLast(".journal".count)) ?? 0
    }
}
