internal import Foundation
internal import Synchronization

/// The thread that makes segments and lets go of them.
extension Journal {
    /// Seconds until what could not be let go of is tried again; twice as long each time.
    private static let pauses = (first: 0.5, longest: 16.0)

    func keepHouse() {
        var pause: Double?
        while chores.wait(atMost: pause) {
            if segments.withLock({ $0.needsReady }) { _ = makeSegment(atLeast: 0) }
            // Be it that nobody writes any more, and rings.
            pause = passSurplus() ? nil : min(pause.map { $0 * 2 } ?? Self.pauses.first, Self.pauses.longest)
        }
    }

    /// - Returns: False when segments are left that should go.
    private func passSurplus() -> Bool {
        while !chores.isStopped, segments.withLock({ $0.fullSize > sizes.upperBound }) {
            guard passOldest() else { return false }
        }
        return true
    }

    /// Sees to it that there is a next segment, twice as long as the one before, up to a limit.
    ///
    /// One at a time, so that they are written to in the order of their names.
    ///
    /// - Returns: Whether there is one that is long enough.
    func makeSegment(atLeast length: Int) -> Bool {
        making.withLock { _ in
            let (ready, size) = segments.withLock { segments in
                (segments.ready, max(min(segments.currentSize * 2, sizes.upperBound), length))
            }
            if let ready, ready.size >= length { return true }
            let serial = segments.withLock { $0.nextSerial() }
            // Without one the records are refused, and their files synced instead.
            guard let file = try? SegmentFile(making: folder.segment(serial), size: size) else { return false }
            segments.withLock { $0.ready = file }
            // It is too short for what is to be written now.
            if let ready { unlink(ready.path) }
            return true
        }
    }

    /// Lets go of the oldest segment once its files survive loss of power without it.
    private func passOldest() -> Bool {
        guard surroundings.settle(segments.withLock { $0.all[0].newest }) else { return false }
        segments.withLock { $0.passOldest() }
        // Only once the disk has it that the segment is not needed, it may be missing there.
        guard mark() else { return false }
        let file = segments.withLock { $0.all[0].file }
        unlink(file.path)
        // As long as it may come back after loss of power, what is erased is overwritten in it too.
        guard SegmentFile.syncFolder(of: file.path) else { return false }
        segments.withLock { $0.removeOldest() }
        file.shrink()
        return true
    }

    /// Writes a group without records.
    ///
    /// - Returns: Whether there was room.
    func mark() -> Bool {
        let isMarked = Mutex<Bool?>(nil)
        let condition = NSCondition()
        add(
            .mark { isKept in
                condition.lock()
                isMarked.withLock { $0 = isKept }
                condition.signal()
                condition.unlock()
            })
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let isMarked = isMarked.withLock({ $0 }) { return isMarked }
            condition.wait()
        }
    }
}
