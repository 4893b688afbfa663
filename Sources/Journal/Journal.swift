internal import Dispatch
internal import CSystem
internal import Foundation
internal import Synchronization

/// One log for the changes of many files: whatever waits, of all of them, is written and synced together.
///
/// A thread writes, or whoever finds it idle; another makes the next segment and sees to it that old ones are not needed any more.
public final class Journal: Sendable {
    /// Called once a record survives loss of power; with false when it, or one before it of the same file, could not be
    /// written, and is not in the journal.
    public typealias Done = @Sendable (_ isKept: Bool) -> Void

    /// What the journal needs of its host.
    public struct Surroundings: Sendable {
        /// Makes files survive loss of power up to these changes at least; false when that has to wait.
        let settle: @Sendable ([JournalFile: Int64]) -> Bool
        /// Runs what is to be done after a sync without keeping the caller.
        let deliver: @Sendable (@escaping @Sendable () -> Void) -> Void
        /// Whether more changes are about to come.
        let isBusy: @Sendable () -> Bool

        public init(
            settle: @escaping @Sendable ([JournalFile: Int64]) -> Bool,
            deliver: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
            isBusy: @escaping @Sendable () -> Bool = { false }
        ) {
            self.settle = settle
            self.deliver = deliver
            self.isBusy = isBusy
        }
    }

    enum Item {
        case record(JournalRecord, Done)
        /// Overwrites a file's changes.
        case erasure(JournalFile, Done)
        /// A group without records.
        case mark(Done)
    }

    struct Queue {
        var items: [Item] = []
        var isStopping = false
        /// The thread that writes waits to be called.
        var isAsleep = false
    }

    /// Groups do not get longer than this, but for one record that is.
    static let groupLimit = 1 << 20

    let folder: JournalFolder
    let surroundings: Surroundings
    let sizes: ClosedRange<Int>
    let generation: UInt64
    let queue = Mutex(Queue())
    /// Held by whoever writes.
    let turn = Mutex(())
    let segments: Mutex<Segments>
    /// Held by whoever makes a segment.
    let making = Mutex(())
    let refusals = Refusals()
    let bell = DispatchSemaphore(value: 0)
    let chores = ThreadBell()
    private let writing = DispatchGroup()
    private let housekeeping = DispatchGroup()

    /// Begins a new generation: what the folder held before is gone when this returns.
    ///
    /// - Parameters:
    ///   - folder: Where its segments are.
    ///   - scan: What was found there; all of it must survive loss of power where it belongs.
    ///   - sizes: How long the first segment is, and how long the others grow; so many bytes are kept of full ones.
    ///   - surroundings: The host.
    /// - Throws: ``JournalError/system(call:path:errno:)``.
    public init(
        in folder: JournalFolder, after scan: JournalScan, sizes: ClosedRange<Int>, _ surroundings: Surroundings
    ) throws(JournalError) {
        let old = try JournalScan.segments(in: folder.path)
        let serial = (old.last.map(JournalFolder.serial) ?? 0) + 1
        let file = try SegmentFile(making: folder.segment(serial), size: sizes.lowerBound)
        self.folder = folder
        self.surroundings = surroundings
        self.sizes = sizes
        generation = scan.generation + 1
        segments = Mutex(Segments(file, serial: serial))
        guard write([], generation: generation) else {
            throw .system(call: "write", path: file.path, errno: errno)
        }
        for path in old { unlink(path) }
        // What is erased from now on is not looked for in them.
        guard SegmentFile.syncFolder(of: file.path) else {
            throw .system(call: "fsync", path: file.path, errno: errno)
        }
        start("patron-journal", in: writing) {
            // Every tenant's changes wait for this thread; where the kernel has no such wish it waits like all others.
            _ = csystem_run_first()
            $0.serve()
        }
        start("patron-segments", in: housekeeping) { $0.keepHouse() }
    }

    private func start(_ name: String, in group: DispatchGroup, _ work: @escaping @Sendable (Journal) -> Void) {
        group.enter()
        let thread = Thread { [self] in
            work(self)
            group.leave()
        }
        thread.name = name
        thread.start()
    }

    /// Writes a record with whatever else waits.
    public func append(_ record: JournalRecord, done: @escaping Done) {
        add(.record(record, done))
    }

    /// Writes a record alone, on the calling thread, unless others wait or are being written; blocks.
    ///
    /// - Returns: Whether it is kept, as for ``Done``; nil when it is not written.
    public func appendHere(_ record: JournalRecord) -> Bool? {
        turn.withLockIfAvailable { _ -> Bool? in
            guard queue.withLock({ $0.items.isEmpty }) else { return nil }
            guard !refusals.include(record) else { return false }
            defer { seeToSegments() }
            return write([record], generation: generation)
        } ?? nil
    }

    /// A file survives loss of power up to a change without the journal: what goes on from one that was refused is kept
    /// again.
    public func noteSettled(_ file: JournalFile, upTo seq: Int64) {
        refusals.lift(file, upTo: seq)
    }

    /// Overwrites what the journal has of a file, all of which survives loss of power elsewhere.
    public func erase(_ file: JournalFile, done: @escaping Done) {
        add(.erasure(file, done))
    }

    /// Returns once what waited is written, and its callbacks are on their way.
    public func flush() {
        _ = mark()
    }

    func add(_ item: Item) {
        let isAsleep = queue.withLock { queue in
            queue.items.append(item)
            defer { queue.isAsleep = false }
            return queue.isAsleep
        }
        if isAsleep { bell.signal() }
    }

    /// Writes what waits and ends.
    ///
    /// - Parameter isSettled: Whether all files survive loss of power as they are: nothing has to be made good then when
    ///   the folder is next found.
    public func close(isSettled: Bool) {
        chores.stop()
        // It may wait for something to be written.
        housekeeping.wait()
        queue.withLock { $0.isStopping = true }
        bell.signal()
        writing.wait()
        // Where it cannot be written the next start looks into the files, and finds nothing to do.
        if isSettled { _ = write([], generation: generation + 1) }
        folder.release()
    }
}
