internal import Foundation

extension Host {
    /// The names of archived tenants after `name`, in order; blocks.
    ///
    /// - Throws: What the file system says.
    public func archivedNames(after name: String, limit: Int) throws -> [TenantName] {
        // Without the folder nobody has ever been archived.
        let entries = try withDescriptors { try TenantFolder.names(in: TenantFolder.archive(in: directory)) }
        let names = entries.compactMap(TenantName.init).filter { $0.description > name }
        return Array(names.sorted { $0.description < $1.description }.prefix(limit))
    }

    /// An archived tenant's settings; blocks.
    ///
    /// - Throws: ``HostError/noTenant``, ``HostError/unreadableConfiguration(_:)``.
    public func archivedConfiguration(_ name: TenantName) throws -> TenantConfiguration {
        try withDescriptors { try TenantFolder(archived: name, in: directory).configuration() }
    }

    /// Whether a tenant is archived; blocks.
    ///
    /// - Throws: ``HostError/unreachable(_:)``.
    public func isArchived(_ name: TenantName) throws -> Bool {
        try !TenantFolder(of: name, in: directory).isTaken && TenantFolder(archived: name, in: directory).isTaken
    }

    /// Closes a tenant and puts it away, whatever may be wrong with it; blocks.
    ///
    /// - Throws: ``HostError/noTenant``, ``HostError/archived``, ``HostError/inUse``.
    public func archive(_ name: TenantName) throws {
        try withdraw(name, because: .withdrawn(.archived)) {
            let (folder, archived) = folders(of: name)
            guard try folder.isTaken else { throw try archived.isTaken ? HostError.archived : HostError.noTenant }
            try putAway(folder, archived)
        }
    }

    /// Brings an archived tenant back; blocks.
    ///
    /// - Throws: ``HostError/noTenant``, ``HostError/missingFile`` when only its backups are left.
    public func unarchive(_ name: TenantName) throws {
        try withdraw(name, because: .withdrawn(.resumed)) {
            let (folder, archived) = folders(of: name)
            guard try archived.isTaken, try !folder.isTaken else { throw HostError.noTenant }
            guard try archived.hasRegistry || !archived.hadRegistry else { throw HostError.missingFile }
            try TenantFolder.put(archived.path, inPlaceOf: folder.path)
        }
        // What is wrong with the tenant is told to whoever asks for it.
        try? tenant(name).findWakes()
    }

    /// Deletes a tenant for good; blocks.
    ///
    /// - Parameters:
    ///   - name: The tenant.
    ///   - isForced: Whether it may go without having been archived.
    ///   - keepsBackups: Whether its backups stay with the archived tenants, which then keeps its name taken.
    /// - Returns: How many backups are left.
    /// - Throws: ``HostError/noTenant``, ``HostError/notArchived``, ``HostError/inUse``.
    public func delete(_ name: TenantName, isForced: Bool, keepsBackups: Bool) throws -> Int {
        // What is left open of one that goes is not made good: it goes only if it may.
        guard try isForced || !folders(of: name).0.isTaken else { throw HostError.notArchived }
        return try withdraw(name, because: .withdrawn(.deleted)) {
            let (folder, archived) = folders(of: name)
            if try folder.isTaken {
                guard isForced else { throw HostError.notArchived }
                try putAway(folder, archived)
            }
            guard try archived.isTaken else { throw HostError.noTenant }
            let backups = keepsBackups ? try archived.backups.all().count : 0
            if backups > 0 {
                // The file goes first: without it nothing else is of use.
                for ending in ["", "-wal", "-shm"] { unlink(archived.registry + ending) }
                try TenantFolder.sync(archived.path)
            } else {
                try withDraft("deleted", of: name) { draft in
                    try FileManager.default.createDirectory(
                        atPath: TenantFolder.drafts(in: directory), withIntermediateDirectories: true,
                        attributes: [.posixPermissions: 0o700])
                    try TenantFolder.put(archived.path, inPlaceOf: draft.path)
                }
            }
            try journal.release(name, isGone: true)
            for marks in [mailMarks, pluginMarks] { TenantMark(of: name, in: marks).clear(ifSet: 0) }
            return backups
        }
    }

    private func folders(of name: TenantName) -> (TenantFolder, TenantFolder) {
        (TenantFolder(of: name, in: directory), TenantFolder(archived: name, in: directory))
    }

    private func putAway(_ folder: TenantFolder, _ archived: TenantFolder) throws {
        try FileManager.default.createDirectory(
            atPath: TenantFolder.archive(in: directory), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        try TenantFolder.put(folder.path, inPlaceOf: archived.path)
    }
}
