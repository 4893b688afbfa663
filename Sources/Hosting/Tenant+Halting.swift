internal import Foundation
internal import Storage
internal import Synchronization

/// A tenant whose disk fails: it stops alone, with its files as they are, until somebody has looked after it.
extension Tenant {
    /// What is wrong with the disk, nil where an error is about something else.
    static func fault(in error: any Error) -> String? {
        switch error {
        case let error as LogFile.NotSynced: error.description
        case let error as Replay.Misfit: "what is in the journal does not fit the file: \(error)"
        case let error as StorageError where error.isDiskFault: error.description
        case let error as TransactionLost where error.cause.isDiskFault: error.cause.description
        default: nil
        }
    }

    /// Stops the tenant and refuses what waits; what is answered is in its file or in the journal, which keeps it.
    ///
    /// - Returns: What it is refused with.
    @discardableResult
    func halt(_ reason: String) -> HostError {
        let refusal = HostError.stopped(reason)
        // Before anybody else syncs the log, and is told that all is well.
        let file = state.withLock { $0.file }
        if let file { journal.keep(file) }
        let (isFirst, writes, reads, database) = state.withLock { state in
            let isFirst = state.fault == nil
            if isFirst {
                state.fault = refusal
                // Whoever resumes it waits until it is stopped.
                state.leases += 1
            }
            // Whoever is about to replace or move the file tells of that.
            if state.retirement == nil { state.retirement = refusal }
            defer { (state.writes, state.reads) = ([], []) }
            return (isFirst, state.writes, state.reads, state.database)
        }
        for job in writes { job.failed(refusal) }
        for erasure in takeErasures() { erasure.failed(refusal) }
        for job in reads { job.failed(refusal) }
        guard isFirst else { return refusal }
        // Where no disk keeps it, it holds until the program ends, and whoever opens the file then finds out anew.
        try? journal.stop(name, file, in: folder, reason)
        // One that is closed has no log that could be written back.
        try? database?.keepLog()
        state.withLock { $0.leases -= 1 }
        openTenants.close(self)
        return refusal
    }

    /// Why nothing that was committed may be told any more, nil where it may.
    var halted: HostError? { state.withLock { $0.fault } }

    /// Stops the tenant where an error is its disk's; one that is stopped refuses all else for that.
    ///
    /// - Returns: What is to be told.
    @discardableResult
    func haltIfFaulty(_ error: any Error) -> any Error { Self.fault(in: error).map { halt($0) } ?? halted ?? error }
}
