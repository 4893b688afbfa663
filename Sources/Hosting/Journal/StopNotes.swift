internal import Foundation
internal import Storage
internal import Synchronization

/// Stops that tenants' folders do not tell of, since they cannot be reached or written to.
///
/// They hold all the same, and are put into the folders when a later start finds those again, wherever they are then.
final class StopNotes: Sendable {
    /// What a note's name says; in it is the reason.
    private struct Title: CustomStringConvertible {
        let tenant: TenantName
        /// The key of the file that is stopped; empty for whatever is in the tenant's place.
        let key: [UInt8]

        var description: String {
            "\(tenant)." + key.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }

    /// Where the notes are.
    private let folder: String
    /// Holds the tenants' folders.
    private let directory: String
    private let reasons = Mutex<[TenantName: String]>([:])

    /// Puts earlier notes where they belong, as far as that can be done.
    ///
    /// - Throws: What the file system says.
    init(in folder: String, of directory: String) throws {
        self.folder = folder
        self.directory = directory
        for title in try titles() { try deliver(title) }
    }

    /// Why a tenant is stopped whose folder does not tell of it.
    func reason(_ name: TenantName) -> String? { reasons.withLock { $0[name] } }

    /// Stops a tenant durably, in its folder or here; it holds from now on even where that fails.
    ///
    /// - Parameters:
    ///   - name: The tenant.
    ///   - key: That of its file, empty when that is not known.
    ///   - tenant: Where its files are.
    ///   - reason: Why.
    /// - Returns: Whether its folder tells of it.
    /// - Throws: What the file system says.
    @discardableResult
    func stop(_ name: TenantName, _ key: [UInt8], in tenant: TenantFolder, _ reason: String) throws -> Bool {
        do {
            try tenant.stop(reason)
            return true
        } catch {
            reasons.withLock { $0[name] = reason }
            try TenantFolder.makeFolder(folder)
            try TenantFolder.replace(path(Title(tenant: name, key: key)), with: Data(reason.utf8))
            return false
        }
    }

    /// A tenant goes on.
    ///
    /// - Throws: What the file system says; it is stopped still then.
    func clear(_ name: TenantName) throws {
        for title in try titles() where title.tenant == name { try delete(title) }
        reasons.withLock { $0[name] = nil }
    }

    private func deliver(_ title: Title) throws {
        guard let (name, tenant) = place(of: title) else {
            // Nothing is known of whatever came into its place; what is kept of a file waits until that is found.
            if title.key.isEmpty { try delete(title) }
            return
        }
        // A note that cannot be read stops its tenant too.
        let contents = (try? TenantFolder.contents(of: path(title))) ?? nil
        let reason = contents.map { String(decoding: $0, as: UTF8.self) } ?? "nobody can read why"
        let isTold = try stop(name, title.key, in: tenant, reason)
        // It may have been moved.
        if isTold || name != title.tenant { try delete(title) }
    }

    private func place(of title: Title) -> (TenantName, TenantFolder)? {
        let name = title.tenant
        for tenant in [TenantFolder(of: name, in: directory), TenantFolder(archived: name, in: directory)]
        where (try? tenant.isTaken) ?? true {
            // One that cannot be read may be it.
            guard !title.key.isEmpty, let replay = try? Replay(path: tenant.registry) else { return (name, tenant) }
            if replay.position.file == title.key { return (name, tenant) }
        }
        // Where they cannot be listed the note waits for a later start.
        guard let names = try? JournalRecovery.keys(in: directory)[title.key], names.count == 1 else { return nil }
        return (names[0], TenantFolder(of: names[0], in: directory))
    }

    private func titles() throws -> [Title] {
        try TenantFolder.names(in: folder).compactMap { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let tenant = TenantName(String(parts[0])) else { return nil }
            let digits = Array(parts[1])
            let key = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
                UInt8(String(digits[$0...$0 + 1]), radix: 16)
            }
            return Title(tenant: tenant, key: key)
        }
    }

    private func path(_ title: Title) -> String { "\(folder)/\(title)" }

    private func delete(_ title: Title) throws {
        guard unlink(path(title)) == 0 || errno == ENOENT else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try TenantFolder.sync(folder)
    }
}
