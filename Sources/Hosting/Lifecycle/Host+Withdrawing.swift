internal import Foundation
internal import Synchronization

extension Host {
    /// Takes a tenant out of service while something is done with its files; one thing at a time for each tenant.
    ///
    /// Afterwards whoever asks for it finds what is in its place then.
    ///
    /// - Parameters:
    ///   - name: The tenant; nothing need be there.
    ///   - reason: What is answered meanwhile.
    ///   - body: Works on its files, which nobody else has open.
    /// - Returns: What `body` returned.
    /// - Throws: ``HostError/inUse``, or what `body` throws.
    func withdraw<Result>(
        _ name: TenantName, because reason: HostError, _ body: () throws -> Result
    ) throws -> Result {
        // Under the lock of whoever configures: a change of the settings is over, or sees that the tenant is withdrawn.
        let tenant = try changes.withLock { _ in
            try withdrawn.withLock { withdrawn in
                guard withdrawn[name] == nil else { throw HostError.inUse }
                withdrawn[name] = reason
            }
            return tenants.withLock { $0.removeValue(forKey: name) }
        }
        defer { withdrawn.withLock { $0[name] = nil } }
        do {
            try tenant?.retire(because: reason)
        } catch {
            tenants.withLock { $0[name] = tenant }
            throw error
        }
        wakeClock.set(name, nil)
        // Numbers of events may be given out again.
        plugins.withLock { $0 }?.forget(name)
        return try body()
    }

    /// - Throws: Why a tenant is out of service.
    func requireInService(_ name: TenantName) throws(HostError) {
        if let reason = withdrawn.withLock({ $0[name] }) { throw reason }
    }

    /// Deletes what an earlier run was making, or deleting; nobody else may work on the directory.
    ///
    /// - Throws: What the file system says.
    public func removeLeftovers() throws {
        let drafts = TenantFolder.drafts(in: directory)
        guard FileManager.default.fileExists(atPath: drafts) else { return }
        try FileManager.default.removeItem(atPath: drafts)
    }
}
