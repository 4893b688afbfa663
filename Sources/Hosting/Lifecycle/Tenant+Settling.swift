internal import Foundation
internal import Storage
internal import Synchronization

/// The end of a tenant's work on its file, before that is replaced, moved or deleted.
extension Tenant {
    /// How long what is in hand may take: reads for a client that does not listen hold up the operator no longer.
    static let patience = Duration.seconds(30)

    /// Refuses what waits and what comes, waits for what is in hand, and closes the file; blocks.
    ///
    /// - Parameter reason: What is answered from now on.
    /// - Throws: ``HostError/inUse`` when something goes on for too long, and the file system's errors; the tenant works on
    ///   as before then.
    func retire(because reason: HostError) throws {
        finishLooks()
        let before = state.withLock { $0.retirement }
        let (writes, reads) = state.withLock { state in
            state.retirement = reason
            defer { (state.writes, state.reads) = ([], []) }
            return (state.writes, state.reads)
        }
        for job in writes { job.failed(reason) }
        for job in reads { job.failed(reason) }
        do {
            try settle(isGoing: reason == .withdrawn(.deleted))
        } catch {
            // The disk may have failed meanwhile.
            state.withLock { $0.retirement = $0.fault ?? before }
            throw error
        }
        // Whoever watches finds out that there is nothing more to see here.
        for callback in state.withLock({ Array($0.watchers.values) }) { callback(.max) }
    }

    /// Closes the file, so that it alone holds everything, also after loss of power; blocks.
    ///
    /// Nothing may open it again meanwhile: see ``retire(because:)``.
    ///
    /// - Parameter isGoing: Whether it will be deleted: what the journal has and the disk has no room for need not get into it.
    /// - Throws: ``HostError/inUse``, or what the file system says.
    private func settle(isGoing: Bool) throws {
        try waitUntilIdle(Self.patience)
        do {
            try finish()
        } catch {
            guard isGoing else { throw error }
            try state.withLock { $0.database }?.keepLog()
        }
        openTenants.close(self)
        // Nobody knows what the disk has of one that was halted: what the journal keeps of it stays.
        guard halted == nil else { return }
        if try folder.hasRegistry { try TenantFolder.sync(folder.registry) }
        // Where it could not be written back, as on a full disk, it is there still.
        try LogFile.sync(of: folder.registry)
        // What the journal has of the file is in it, and would be nobody's once that is moved or replaced.
        if let file = state.withLock({ $0.file }) { journal.forget(file) }
        // The log went with the closing.
        for erasure in takeErasures() { erasure.done() }
    }

    /// Closes the file of a tenant that stays in service, unless somebody uses it again; blocks.
    ///
    /// The journal keeps what it has of it: another change may come at any time.
    ///
    /// - Throws: ``HostError/inUse`` when something goes on for longer than `patience`.
    func close(within patience: Duration) throws {
        try waitUntilIdle(patience)
        openTenants.close(self)
    }

    private func waitUntilIdle(_ patience: Duration) throws {
        let end = ContinuousClock.now + patience
        // Looked at now and then: nobody who works on the tenant should have to tell.
        while !isIdle {
            guard ContinuousClock.now < end else { throw HostError.inUse }
            usleep(1_000)
        }
    }

    private var isIdle: Bool {
        state.withLock { state in
            !state.isDraining && state.isTold && state.activeReads == 0 && state.reads.isEmpty && state.leases == 0
                && !state.isClosing
        }
    }
}
