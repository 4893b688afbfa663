internal import Foundation
internal import Journal
internal import Storage

extension Host {
    /// Whether a tenant is stopped, since its file does not fit or its disk has failed; blocks.
    ///
    /// - Throws: ``HostError/unreachable(_:)``.
    public func isStopped(_ name: TenantName) throws -> Bool {
        try journal.stopReason(of: name, in: TenantFolder(of: name, in: directory)) != nil
            || knownTenant(name)?.halted != nil
    }

    /// Makes the file of a stopped tenant whole again and lets it go on; blocks.
    ///
    /// All that can be read of it is written anew, since the disk may not have what the system remembers, and what the
    /// journal keeps of its changes is made again where it is missing.
    ///
    /// - Throws: ``HostError/stopped(_:)`` with what is still wrong; nothing is lost then. ``HostError/inUse``.
    public func repair(_ name: TenantName) throws {
        try withdraw(name, because: .withdrawn(.resumed)) {
            let folder = TenantFolder(of: name, in: directory)
            do {
                try folder.rewriteRegistry()
                let replay = try Replay(path: folder.registry)
                let missing = try journal.kept(of: replay.position.file).filter { $0.seq > replay.position.seq }
                try replay.apply(
                    missing.compactMap { change in change.payload.map { (seq: change.seq, bytes: $0) } })
                try LogFile.sync(of: folder.registry)
                let problems = try Database.look(at: folder.registry) { try $0.integrityProblems(isQuick: true) }
                if let problem = problems.first { throw stillStopped(folder, problem) }
            } catch let error as HostError {
                throw error
            } catch {
                throw stillStopped(folder, "\(error)")
            }
            try folder.resumeAfterStop()
            try journal.release(name)
        }
    }

    /// How many bytes of changes the journal keeps of tenants that are stopped or gone, by name; blocks.
    ///
    /// - Throws: What the file system says.
    public func keptChanges() throws -> [String: Int] { try journal.keptSizes() }

    private func stillStopped(_ folder: TenantFolder, _ problem: String) -> HostError {
        let reason = "it cannot be made whole: \(problem)"
        // Where the disk cannot keep it, whoever opens the file finds out anew.
        try? folder.stop(reason)
        return HostError.stopped(reason)
    }
}

extension TenantFolder {
    /// Gives the registry and its log other blocks on the disk, with what can be read of them.
    fileprivate func rewriteRegistry() throws {
        for file in [registry + "-wal", registry] where try Self.isThere(file) {
            let copy = file + ".new"
            unlink(copy)
            _ = try ChecksummedFile(file, copyingTo: copy)
            try Self.put(copy, inPlaceOf: file)
        }
        // The index of the log is made anew.
        unlink(registry + "-shm")
    }
}
