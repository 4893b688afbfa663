internal import Foundation
internal import Storage
internal import Synchronization

/// A tenant whose files somebody moves, replaces or removes while it is at work.
extension Tenant {
    /// Whether the file that is open is still the tenant's: what is written to one that was removed is lost.
    var isInPlace: Bool { FileIdentity(folder.registry) == state.withLock { $0.place } }

    /// Why a registry cannot be opened that is not there.
    var absence: HostError {
        do throws(HostError) {
            // What cannot be looked at is not gone.
            _ = try folder.hasRegistry
            return try folder.exists ? .missingFile : .noTenant
        } catch {
            return error
        }
    }

    /// Refuses what waits and lets go of a file that is not the tenant's any more; what is in its place is opened then.
    ///
    /// Called by the worker that drains.
    func abandon() {
        let (writes, reads) = state.withLock { state in
            defer { (state.writes, state.reads, state.isDraining) = ([], [], false) }
            return (state.writes, state.reads)
        }
        let reason = absence
        for job in writes { job.failed(reason) }
        for job in reads { job.failed(reason) }
        // What the journal has of it is replayed into the file it belongs to, should that come back.
        if (try? finish()) == nil { try? state.withLock { $0.database }?.keepLog() }
        // Not as long as somebody reads from it; whoever writes next tries again.
        openTenants.close(self)
    }

    /// A registry that was there and is gone is not made anew as if nothing had ever been in it.
    func requireRegistry() throws(HostError) {
        guard try !folder.hasRegistry else { return }
        guard !state.withLock({ $0.hasBeenOpen }), try !folder.hadRegistry else { throw absence }
    }

    /// What a failure to open the registry means, be it for another connection.
    ///
    /// - Returns: ``HostError/tooManyFiles`` where that is because descriptors have run out, ``HostError/readOnlyFile`` where
    ///   the folder can only be read.
    func reason(of error: any Error) -> any Error {
        switch error {
        case is NewerDatabase: HostError.newerFile
        case let error as StorageError where error.isUnopenable && Self.isOutOfDescriptors: HostError.tooManyFiles
        case let error as StorageError where error.isUnopenable && folder.isReadOnly: HostError.readOnlyFile
        default: error
        }
    }

    /// Tries something once more where descriptors have run out, after tenants that rest have given theirs back.
    func withDescriptors<Result>(_ body: () throws -> Result) throws -> Result {
        try openTenants.withDescriptors {
            do { return try body() } catch { throw reason(of: error) }
        }
    }

    /// Whether this process has not enough descriptors left to open a tenant: file, log and index, and those of a reader.
    private static var isOutOfDescriptors: Bool {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
            let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        else { return true }
        return open + 8 > Int(clamping: limit.rlim_cur)
    }
}
