internal import ChannelKit
internal import Foundation
internal import Registry
internal import Storage

/// A tenant that comes from another host, checked and fitted in beside its place.
struct Arrival {
    private let name: TenantName
    private let header: TenantPackage.Header
    private let draft: TenantFolder
    private let channels: ChannelCatalog
    private let profile: TenantProfile
    private let settings: Set<String>
    private let now: Instant

    init(
        _ name: TenantName, _ header: TenantPackage.Header, _ draft: TenantFolder, on host: Host
    ) throws {
        self.name = name
        self.header = header
        self.draft = draft
        channels = host.channels
        profile = try host.profile(of: name, header.manifest.configuration, isStrict: false)
        settings = Set(host.settings.map(\.name))
        now = host.now()
    }

    /// Checks the files, brings them up to date and writes the settings.
    ///
    /// - Returns: Warnings, a sentence each.
    /// - Throws: ``HostError``, or what is wrong with the settings.
    func settle() throws -> [String] {
        let manifest = header.manifest
        try requireWhole()
        let database = try Host.opened(draft.registry)
        try channels.installTables(in: database)
        _ = channels.installTables(of: profile, in: database)
        let (occasion, isCopy) = (Occasion(shop: profile.shop, at: now, actor: .operator), !header.isArchived)
        try database.write { transaction in
            try transaction.renewApplied()
            if isCopy { _ = try RestoredFile(transaction, occasion).doubtMails(except: []) }
        }
        // The file alone goes on.
        try database.close()
        try TenantFolder.sync(draft.registry)
        try draft.write(manifest.configuration)
        return warnings
    }

    /// Before anything is changed: what a newer program wrote is refused, and what was lost on the way is found.
    private func requireWhole() throws {
        let known = Set(RegistrySchema.migrations.map(\.name))
        do {
            let (schema, problems, counts) = try Database.look(at: draft.registry) { transaction in
                (try transaction.migrations(), try transaction.integrityProblems(), try transaction.rowCounts())
            }
            guard known.isSuperset(of: schema) else { throw HostError.newerFile }
            if let first = problems.first { throw HostError.damagedExport(first) }
            let differing = counts.first { header.manifest.counts[$0.table] != $0.rows }
            if let differing { throw HostError.damagedExport("\(differing.table) has \(differing.rows) rows") }
        } catch let error as StorageError where error.isCorrupt {
            throw HostError.damagedExport(error.message)
        }
    }

    private var warnings: [String] {
        let manifest = header.manifest
        let present = Set(channels.sources.map(\.descriptor.id))
        let used = Set(manifest.channels.keys).union(manifest.configuration.channels.keys)
        var warnings = used.subtracting(present).sorted().map { "there is no channel or plugin \($0) here" }
        warnings += manifest.configuration.settings.keys.filter { !settings.contains($0) }.sorted()
            .map { "there is no setting \($0) here" }
        let users = Set(profile.staff.values)
        warnings += manifest.configuration.staff.filter { !users.contains($0) }
            .map { "no user of this machine is called \($0)" }
        if manifest.tenant != name.description, (manifest.counts["token"] ?? 0) > 0 {
            warnings.append("tokens name the tenant \(manifest.tenant) and open nothing here; make new ones")
        }
        if !header.isArchived { warnings.append("it was at work when it was exported: mails that wait are uncertain") }
        return warnings
    }
}
