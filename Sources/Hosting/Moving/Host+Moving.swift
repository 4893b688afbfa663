internal import Foundation
internal import Registry
internal import Storage

/// What an import made, and what somebody should know of it.
public struct TenantImport: Sendable {
    public let tenant: Tenant
    public let bytes: Int64
    /// Rows by table.
    public let counts: [String: Int64]
    /// A sentence each.
    public let warnings: [String]
}

/// Tenants that go to another host, or come from one.
extension Host {
    /// Writes a whole tenant as one file, archived or at work; blocks.
    ///
    /// - Parameters:
    ///   - name: The tenant.
    ///   - send: Takes the file in pieces.
    /// - Returns: What is in it.
    /// - Throws: ``HostError/noTenant``, what `send` throws, or why the registry cannot be read.
    public func export(_ name: TenantName, _ send: ([UInt8]) throws -> Void) throws -> BackupManifest {
        try withDraft("exported", of: name) { draft in
            try draft.create()
            let isArchived = try isArchived(name)
            let manifest =
                isArchived
                ? try withdraw(name, because: .withdrawn(.exported)) { try exportArchived(name, to: draft) }
                : try tenant(name).copy(to: draft)
            var parts = [
                TenantPackage.Header.Part(
                    name: TenantPackage.registry, bytes: manifest.bytes, sha256: manifest.sha256)
            ]
            if try TenantFolder.isThere(draft.ledger) {
                let file = try ChecksummedFile(draft.ledger)
                parts.append(
                    TenantPackage.Header.Part(name: TenantPackage.ledger, bytes: file.bytes, sha256: file.sha256))
            }
            let header = TenantPackage.Header(
                patron: TenantPackage.Header.format, isArchived: isArchived, manifest: manifest, parts: parts)
            try TenantPackage.write(header, partsIn: draft, send)
            return manifest
        }
    }

    private func exportArchived(_ name: TenantName, to draft: TenantFolder) throws -> BackupManifest {
        let folder = TenantFolder(archived: name, in: directory)
        guard try folder.hasRegistry else { throw HostError.missingFile }
        let database = try Self.opened(folder.registry)
        // What stays in the log is read when the file is next opened.
        defer { try? database.close() }
        let source = BackupSource(
            tenant: name, database: database, configuration: try folder.configuration(), reason: .exported)
        return try source.copyWithLedger(to: draft, at: now(), folder.ledger)
    }

    /// Makes a tenant of such a file; blocks.
    ///
    /// Nothing is there before all of it has been checked. Ids and numbers stay. So do passwords and, under the same name, tokens: their names begin with the tenant's. Mails
    /// that wait go out only if the tenant had been archived where it comes from, else they would go out twice.
    ///
    /// - Parameters:
    ///   - upload: The file.
    ///   - name: The tenant's name here; nil for the one it had.
    ///   - progress: Told how many bytes are read, of how many.
    /// - Returns: What was made.
    /// - Throws: ``HostError/tenantExists(_:)``, ``HostError/newerFile``, ``HostError/damagedExport(_:)``, and what is
    ///   wrong with its settings.
    public func importTenant(_ upload: Upload, as name: TenantName?, _ progress: Tenant.Progress) throws -> TenantImport
    {
        do {
            let header = try TenantPackage.header { try upload.read(at: $0, count: $1) }.header
            guard let name = name ?? TenantName(header.manifest.tenant) else { throw HostError.badTenantName }
            try requireFree(name)
            return try withDraft("imported", of: name) { draft in
                try draft.create()
                _ = try TenantPackage.unpack(
                    { try upload.read(at: $0, count: $1) }, size: upload.count, into: draft
                ) { try progress(Int($0), Int(upload.count)) }
                let arrival = try Arrival(name, header, draft, on: self)
                let warnings = try arrival.settle()
                try withdraw(name, because: .withdrawn(.imported)) {
                    guard try !TenantFolder(of: name, in: directory).isTaken,
                        try !TenantFolder(archived: name, in: directory).isTaken
                    else { throw HostError.tenantExists(name.description) }
                    try TenantFolder.put(draft.path, inPlaceOf: TenantFolder(of: name, in: directory).path)
                }
                let tenant = try tenant(name)
                // Mails may wait.
                try tenant.mailMark.set()
                ringForMail(name)
                return TenantImport(
                    tenant: tenant, bytes: upload.count, counts: header.manifest.counts, warnings: warnings)
            }
        } catch let fault as PackageFault {
            throw fault.refusal
        }
    }

    /// - Throws: ``HostError/newerFile``, `StorageError`.
    static func opened(_ path: String) throws -> Database {
        do {
            return try Database(path: path, migrations: RegistrySchema.migrations)
        } catch is NewerDatabase {
            throw HostError.newerFile
        }
    }
}

extension PackageFault {
    fileprivate var refusal: HostError {
        switch self {
        case .foreign: .damagedExport("it is no export of a tenant")
        case .newer: .newerFile
        case .damaged(let reason): .damagedExport(reason)
        }
    }
}
