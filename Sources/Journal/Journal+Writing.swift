internal import CSystem
internal import Dispatch
internal import Glibc
internal import Synchronization

/// The thread that writes.
extension Journal {
    /// So many are told by one thread, since it takes longer to wake another than to tell.
    private static let deliveryLimit = 32

    /// Microseconds between two looks whether more are about to come, and how many looks.
    private static let gatherStep: UInt32 = 500
    private static let gatherSteps = 6

    func serve() {
        while awaitItems() {
            _ = csystem_begin_piece()
            gather()
            turn.withLock { _ in
                carryOut(
                    queue.withLock { queue in
                        defer { queue.items = [] }
                        return queue.items
                    })
            }
        }
    }

    /// Returns as soon as something waits; false when nothing will any more.
    private func awaitItems() -> Bool {
        while true {
            let isOver = queue.withLock { queue -> Bool? in
                if !queue.items.isEmpty { return false }
                queue.isAsleep = !queue.isStopping
                return queue.isStopping ? true : nil
            }
            if let isOver { return !isOver }
            bell.wait()
        }
    }

    /// Waits a little while more changes are about to come: one sync does for all of them, and takes the processor from
    /// those who make them as long as one for each.
    ///
    /// As PostgreSQL's commit_delay does: https://www.postgresql.org/docs/current/runtime-config-wal.html
    private func gather() {
        for _ in 0..<Self.gatherSteps where surroundings.isBusy() { usleep(Self.gatherStep) }
    }

    private func carryOut(_ items: [Item]) {
        var records: [JournalRecord] = []
        var waiting: [Done] = []
        var length = 0
        var rest: [Item] = []
        var refused: [Done] = []
        for item in items {
            guard case .record(let record, let done) = item else {
                rest.append(item)
                continue
            }
            let room = Group.room(for: record)
            if length + room > Self.groupLimit, !records.isEmpty {
                write(records, waiting)
                (records, waiting, length) = ([], [], 0)
            }
            // Looked at only now: the one before may have been refused just before.
            guard !refusals.include(record) else {
                refused.append(done)
                continue
            }
            records.append(record)
            waiting.append(done)
            length += room
        }
        if !records.isEmpty { write(records, waiting) }
        tell(refused, false)
        for item in rest { carryOut(item) }
    }

    private func carryOut(_ item: Item) {
        switch item {
        case .record: break
        case .erasure(let file, let done):
            let isErased = overwrite(file)
            refusals.lift(file, upTo: .max)
            surroundings.deliver { done(isErased) }
        case .mark(let done): done(write([], generation: generation))
        }
    }

    private func write(_ records: [JournalRecord], _ waiting: [Done]) {
        tell(waiting, write(records[...], generation: generation))
        seeToSegments()
    }

    private func tell(_ waiting: [Done], _ isKept: Bool) {
        for start in stride(from: 0, to: waiting.count, by: Self.deliveryLimit) {
            let part = waiting[start..<min(start + Self.deliveryLimit, waiting.count)]
            surroundings.deliver { for done in part { done(isKept) } }
        }
    }

    /// Has the next segment made in time.
    func seeToSegments() {
        if segments.withLock({ $0.needsReady }) { chores.ring() }
    }

    /// Writes a group and syncs it.
    ///
    /// - Returns: False when nothing is written, since there is no room.
    func write(_ records: ArraySlice<JournalRecord>, generation: UInt64) -> Bool {
        if writeGroup(records, generation) { return true }
        refusals.add(records)
        return false
    }

    private func writeGroup(_ records: ArraySlice<JournalRecord>, _ generation: UInt64) -> Bool {
        guard let place = place(Group.length(of: records), isEmpty: records.isEmpty) else { return false }
        let isClosing = generation != self.generation
        let group = Group(
            records, generation: generation, number: isClosing ? GroupHeader.closing : place.number,
            oldest: isClosing ? GroupHeader.closing : place.oldest, offset: place.offset)
        guard place.file.write(group.bytes, at: place.offset) else { return false }
        place.file.sync()
        segments.withLock { $0.add(group, records) }
        return true
    }

    private func place(_ length: Int, isEmpty: Bool) -> Segments.Place? {
        if let place = segments.withLock({ $0.place(length, isEmpty: isEmpty) }) {
            if place.offset == 0 { chores.ring() }
            return place
        }
        // The next segment was not made in time.
        guard makeSegment(atLeast: length + Segments.reserve) else { return nil }
        // Only once it is in use there is one to let go of.
        defer { chores.ring() }
        return segments.withLock { $0.place(length, isEmpty: isEmpty) }
    }

    /// Overwrites a file's changes with zeros.
    private func overwrite(_ file: JournalFile) -> Bool {
        for (segment, places) in segments.withLock({ $0.takePlaces(of: file) }) {
            for place in places {
                guard segment.write([UInt8](repeating: 0, count: place.count), at: place.lowerBound) else {
                    return false
                }
            }
            segment.sync()
        }
        return true
    }
}
