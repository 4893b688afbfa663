internal import Synchronization

/// Files with a change that could not be written: what goes on from it is refused too until the file has it.
///
/// Were it kept, and the program killed before the file has the one that was refused, it would fit no file when it is
/// found, although nobody was told of either.
final class Refusals: Sendable {
    /// The newest change of each.
    private let newest = Mutex<[JournalFile: Int64]>([:])

    /// Takes note of records that were not written.
    func add(_ records: ArraySlice<JournalRecord>) {
        newest.withLock { newest in
            for record in records { newest[record.file] = max(newest[record.file] ?? 0, record.seq) }
        }
    }

    /// Whether a record goes on from one that was refused; it is one itself then.
    func include(_ record: JournalRecord) -> Bool {
        newest.withLock { newest in
            guard let last = newest[record.file] else { return false }
            newest[record.file] = max(last, record.seq)
            return true
        }
    }

    /// A file survives loss of power up to a change.
    func lift(_ file: JournalFile, upTo seq: Int64) {
        newest.withLock { newest in
            if let last = newest[file], last <= seq { newest[file] = nil }
        }
    }
}
