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

    /// Keeps aside what the segments have of files that could not be made whole.
    ///
    /// - Parameters:
    ///   - files: Whose changes.
    ///   - generation: Whose segments they are.
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public func keepCopy(of files: Set<JournalFile>, _ generation: UInt64) throws(JournalError) {
        try KeptChanges(path: path).add(files, from: JournalScan.segments(in: path), of: generation)
    }

    /// What was kept aside of a file's changes, in order; what is damaged is left out.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public func kept(of file: [UInt8]) throws(JournalError) -> [JournalScan.Change] {
        try KeptChanges(path: path).changes(of: file)
    }

    /// How many bytes of changes are kept aside of each file.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public func keptSizes() throws(JournalError) -> [JournalFile: Int] {
        try KeptChanges(path: path).sizes()
    }

    /// Deletes what is kept aside of files that do not need it any more.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public func sweepKept(_ isNeeded: (JournalFile) -> Bool) throws(JournalError) {
        try KeptChanges(path: path).sweep(isNeeded)
    }

    func segment(_ serial: Int) -> String {
        let digits = String(serial)
        return "\(path)/\(String(repeating: "0", count: max(0, 12 - digits.count)))\(digits).journal"
    }

    static func serial(of segment: String) -> Int {
        Int((segment as NSString).lastPathComponent.dropLast(".journal".count)) ?? 0
    }
}
