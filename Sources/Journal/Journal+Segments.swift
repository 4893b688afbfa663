internal import Foundation
internal import Synchronization

/// The thread that makes segments and lets go of them.
extension Journal {
    func keepHouse() {
        while chores.wait() {
            if segments.withLock({ $0.needsReady }) { _ = makeSegment(atLeast: 0) }
            while !chores.isStopped, segments.withLock({ $0.fullSize > sizes.upperBound }), passOldest() {}
        }
    }

    /// Makes the segment that comes next, twice as long as the one before, up to a limit.
    ///
    /// - Returns: Whether there is one that is long enough.
    func makeSegment(atLeast length: Int) -> Bool {
        let (serial, size) = segments.withLock { segments in
            (segments.nextSerial(), max(min(segments.currentSize * 2, sizes.upperBound), length))
        }
        // Without one the records are refused, and their files synced instead.
        guard let file = try? SegmentFile(making: folder.segment(serial), size: size) else { return false }
        let surplus = segments.withLock { segments -> SegmentFile? in
            // The other thread may have made one as well.
            if let ready = segments.ready, ready.size >= length { return file }
            defer { segments.ready = file }
            return segments.ready
        }
        if let surplus { unlink(surplus.path) }
        return true
    }

    /// Lets go of the oldest segment once its files survive loss of power without it.
    private func passOldest() -> Bool {
        guard surroundings.settle(segments.withLock { $0.all[0].newest }) else { return false }
        segments.withLock { $0.passOldest() }
        // Only once the disk has it that the segment is not needed, it may be missing there.
        guard mark() else { return false }
        unlink(segments.withLock { $0.removeOldest() }.path)
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
