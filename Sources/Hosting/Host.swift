internal import Foundation
public import Registry
internal import Storage
internal import Synchronization

/// All tenants of one machine.
public final class Host: Sendable {
    let directory: String
    let pool: FairPool
    /// For the answers to what has become durable.
    ///
    /// Apart from the pool: a writer stays on its thread, and the pages it works on in that thread's core.
    let tellers: WorkerPool
    let journal: TenantJournal
    /// Apart from the others, so that long reads of some tenants stop nobody's writes.
    let readers: FairPool
    /// For what takes several steps, or waits for its client.
    let jobs = WorkerPool(threads: 24, .yielding)
    /// For steps of something long, which let everybody else's requests go first.
    let steps = WorkerPool(threads: 4, .yielding)
    /// For changes of configurations, which wait for each other and for the tenants' writers.
    let changers = WorkerPool(threads: 2)
    /// For what is done with tenants' files as a whole, which takes long and waits for the tenants' work.
    let keepers = WorkerPool(threads: 4)
    private let openTenants: OpenTenants
    private let template: RegistryTemplate
    let pump = Mutex<MailPump?>(nil)
    let sweep = Mutex<MigrationSweep?>(nil)
    let plugins = Mutex<PluginPump?>(nil)
    let wakeClock: WakeClock
    let tenants = Mutex<[TenantName: Tenant]>([:])
    /// What is uploaded for no tenant.
    let uploadAllowance = UploadAllowance()
    /// The tenants that are out of service, and why.
    let withdrawn = Mutex<[TenantName: HostError]>([:])
    let unwrittenLooks = UnwrittenLooks()
    /// Held by whoever makes or configures a tenant: one at a time for the whole host, they are rare.
    let changes = Mutex(())
    public let channels: ChannelCatalog
    /// The limits of a tenant that has none of its own.
    public let limits: Limits
    /// The time; injected so that tests can tell it.
    public let now: @Sendable () -> Instant
    /// The nanoseconds of a clock that nobody sets.
    let clock: @Sendable () -> Int64
    /// Counts what belongs to no tenant.
    let meter = Meter()

    /// - Parameters:
    ///   - directory: Holds a folder for each tenant; made if it is missing.
    ///   - channels: The channels of this build.
    ///   - openLimit: How many databases are open at a time; each takes three or four descriptors and about 0.8 MB, a cold
    ///     one half of that, which is mostly what SQLite keeps of the schema.
    ///   - threads: How many calls may block at a time in either lane; reads have half as many of their own.
    ///   - journalSize: How many bytes the journal keeps of what may be needed; above 0.
    ///   - limits: How much a tenant may take that has no limits of its own.
    ///   - now: The time.
    ///   - uptime: The nanoseconds of a clock that nobody sets, for what is limited by the second.
    /// - Throws: What the file system says when the directory cannot be made; `JournalError`.
    public init(
        directory: String, channels: ChannelCatalog, openLimit: OpenLimit = OpenLimit(tenants: 1_000),
        threads: Int = 16,
        journalSize: Int = 64 << 20, limits: Limits = Limits(), now: @escaping @Sendable () -> Instant,
        uptime: @escaping @Sendable () -> Int64 = { Uptime.nanoseconds }
    ) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        self.directory = directory
        self.channels = channels
        self.limits = limits
        self.now = now
        clock = uptime
        // One more than there are cores, since now and then one of them waits for the disk or a lock.
        let atOnce = ProcessInfo.processInfo.activeProcessorCount + 1
        let realTime = RealTimeShare(uptime: uptime)
        let pool = FairPool(threads: threads, atOnce: atOnce, realTime: realTime)
        self.pool = pool
        let tellers = WorkerPool(threads: max(2, threads / 4), atOnce: 1, .first)
        self.tellers = tellers
        journal = try TenantJournal(
            in: directory, size: journalSize, deliver: { tellers.submit($0) }, isBusy: { pool.isPressed })
        readers = FairPool(threads: max(2, threads / 2), realTime: realTime)
        openTenants = OpenTenants(limit: openLimit)
        wakeClock = WakeClock(now: now)
        template = RegistryTemplate(channels)
        if let house = channels.plugins { attach(house) }
        journal.serve(
            finish: { [weak self] name in try self?.openTenants.tenant(name)?.finish() },
            halt: { [weak self] name, reason in
                _ = self.flatMap { $0.openTenants.tenant(name) ?? $0.knownTenant(name) }?.halt(reason)
            })
    }

    /// What was made good when the host started.
    public var recovered: JournalReport { journal.report }

    /// How many databases are open.
    public var openCount: Int { openTenants.count }

    /// How many of those keep what makes their next change fast.
    public var warmCount: Int { openTenants.warmCount }

    /// Whether requests wait for a thread.
    var isBusy: Bool { pool.isBusy || readers.isBusy }

    /// A tenant that is known already; nil says nothing about the others.
    public func knownTenant(_ name: TenantName) -> Tenant? {
        let tenant = tenants.withLock { $0[name] }
        if tenant != nil { openTenants.touch(name) }
        return tenant
    }

    /// A tenant, read from its folder when it is not known yet; blocks.
    ///
    /// - Throws: ``HostError/noTenant``, or what is wrong with its configuration.
    public func tenant(_ name: TenantName) throws -> Tenant {
        if let known = knownTenant(name) { return known }
        try requireInService(name)
        let folder = TenantFolder(of: name, in: directory)
        let profile = try profile(of: name, configuration(of: name, in: folder), isStrict: false)
        let tenant = Tenant(
            name, folder: folder, profile: profile, channels: channels, pool: pool, steps: steps, readers: readers,
            openTenants: openTenants, journal: journal,
            mailMark: TenantMark(of: name, in: mailMarks), uptime: clock, unwrittenLooks: unwrittenLooks,
            ring: { [weak self] in self?.ringForMail(name) }, wakeClock: wakeClock)
        return try tenants.withLock { tenants in
            if let known = tenants[name] { return known }
            // It may have been taken out of service since its folder was read.
            try requireInService(name)
            tenants[name] = tenant
            if let pump = plugins.withLock({ $0 }) {
                _ = tenant.watch { [weak tenant] seq in
                    let listeners = tenant?.profile.listeners ?? []
                    if !listeners.isEmpty { pump.committed(name, upTo: seq, listeners) }
                }
            }
            return tenant
        }
    }

    private func configuration(of name: TenantName, in folder: TenantFolder) throws -> TenantConfiguration {
        do {
            guard try folder.exists || !TenantFolder(archived: name, in: directory).isTaken else {
                throw HostError.archived
            }
            return try withDescriptors { try folder.configuration() }
        } catch let error as HostError {
            // One that was stopped since it could not be reached is stopped still.
            guard case .unreachable = error, let reason = try journal.stopReason(of: name, in: folder) else {
                throw error
            }
            throw HostError.stopped(reason)
        }
    }

    /// See ``OpenTenants/withDescriptors(_:)``.
    func withDescriptors<Result>(_ body: () throws -> Result) throws -> Result {
        try openTenants.withDescriptors(body)
    }

    /// Checks a configuration against what this host has.
    func profile(
        of name: TenantName, _ configuration: TenantConfiguration, isStrict: Bool
    ) throws -> TenantProfile {
        try TenantProfile(configuration, of: name, limits: limits, catalog: channels, isStrict: isStrict)
    }

    /// Every setting a tenant may have, in the order they are shown.
    public var settings: [TenantSetting] { TenantSetting.all(channels, limits) }

    /// The names of all tenants after `name`, in order; blocks.
    public func tenantNames(after name: String, limit: Int) throws -> [TenantName] {
        let entries = try withDescriptors { try TenantFolder.names(in: directory) }
        let names = entries.compactMap(TenantName.init).filter { $0.description > name }
        // Of one that cannot be looked at it is told why.
        return names.sorted { $0.description < $1.description }.lazy
            .filter { (try? TenantFolder(of: $0, in: self.directory).exists) ?? true }.prefix(limit).map(\.self)
    }

    /// Checks a new tenant without making it; blocks.
    ///
    /// - Returns: The configuration with its words in their standard spelling.
    /// - Throws: ``HostError/tenantExists(_:)``, or what is wrong with the configuration.
    @discardableResult
    public func checked(_ name: TenantName, _ configuration: TenantConfiguration) throws -> TenantConfiguration {
        let profile = try profile(of: name, configuration, isStrict: true)
        try requireFree(name)
        var configuration = configuration
        configuration.currency = profile.shop.currency.code
        configuration.country = profile.shop.country.code
        return configuration
    }

    /// Makes a tenant with an empty registry; blocks.
    ///
    /// - Throws: ``HostError/tenantExists(_:)``, or what is wrong with the configuration.
    public func create(_ name: TenantName, _ configuration: TenantConfiguration) throws -> Tenant {
        let configuration = try checked(name, configuration)
        let folder = TenantFolder(of: name, in: directory)
        try changes.withLock { _ in
            try requireFree(name)
            // Made beside its place and put there in one step: a tenant is whole or not there at all.
            let draft = TenantFolder(draftOf: name, in: directory)
            try draft.create()
            try template.copy(to: draft.registry)
            try draft.protectRegistry()
            try draft.write(configuration)
            try draft.move(to: folder)
            try TenantFolder.sync(directory)
        }
        return try tenant(name)
    }

    /// - Throws: ``HostError/tenantExists(_:)``, also of an archived tenant; ``HostError/unreachable(_:)``.
    func requireFree(_ name: TenantName) throws(HostError) {
        for folder in [TenantFolder(of: name, in: directory), TenantFolder(archived: name, in: directory)] {
            guard try !folder.isTaken else { throw .tenantExists(name.description) }
        }
        try requireInService(name)
    }

    /// Changes a tenant's configuration, on disk and at work; blocks.
    ///
    /// With `isKept` false it is checked only; with `isStrict` false users and settings that are gone do not matter.
    ///
    /// - Throws: What is wrong with the new configuration; the old one then stays.
    public func configure(
        _ tenant: Tenant, isKept: Bool = true, isStrict: Bool = true,
        _ change: (inout TenantConfiguration) throws -> Void
    ) throws {
        let wasSuspended = tenant.profile.configuration.isSuspended
        try changes.withLock { _ in
            try requireInService(tenant.name)
            guard tenants.withLock({ $0[tenant.name] === tenant }) else { throw HostError.noTenant }
            var configuration = tenant.profile.configuration
            try change(&configuration)
            let profile = try profile(of: tenant.name, configuration, isStrict: isStrict)
            let known = tenant.profile.faults
            // What a plugin's new version has against old settings is not the caller's mistake.
            if isStrict, let fault = profile.faults.first(where: { known[$0.key] == nil }) { throw fault.value }
            guard isKept else { return }
            try installTables(of: profile, in: tenant)
            // Mail that was held may go out now, also after a crash right here.
            try tenant.mailMark.set()
            try tenant.folder.write(configuration)
            tenant.adopt(profile)
        }
        guard isKept else { return }
        ringForMail(tenant.name)
        if wasSuspended || tenant.isOpen { tenant.findWakes() }
    }

    /// Lets the work in hand finish and closes every database; nothing may be asked of the host afterwards.
    public func close() {
        wakeClock.stop()
        pump.withLock { $0 }?.stop()
        sweep.withLock { $0 }?.stop()
        jobs.stop()
        keepers.stop()
        changers.stop()
        plugins.withLock { $0 }?.stop()
        channels.plugins?.stop()
        finishLooks()
        // What is on its way to the journal is still answered, and what waits for that is still done.
        while tenants.withLock({ $0.values.contains(where: \.isDraining) }) { journal.flush() }
        steps.stop()
        pool.stop()
        readers.stop()
        tellers.stop()
        // Nobody is there any more to be answered; the logs go now.
        for tenant in knownTenants { _ = tenant.takeErasures() }
        openTenants.stop()
        journal.close()
    }
}
