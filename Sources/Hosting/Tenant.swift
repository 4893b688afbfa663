internal import Foundation
internal import Journal
internal import Registry
public import Storage
internal import Synchronization

/// One tenant: its profile, its database while that is open, and the queues of what waits for it.
///
/// At most one worker writes at a time; it takes all waiting jobs into one transaction. Reads go past it. A reference
/// costs little, so tenants stay known while their databases are closed again.
public final class Tenant: Sendable {
    /// What a job leaves to be done once its change is durable.
    public typealias Completion = @Sendable () -> Void

    struct WriteJob {
        let isKept: Bool
        let isLong: Bool
        let work: @Sendable (WriteTransaction) throws -> Completion
        let failed: @Sendable (any Error) -> Void
    }

    struct ReadJob {
        let work: @Sendable (ReadTransaction) throws -> Completion
        let failed: @Sendable (any Error) -> Void
    }

    struct State {
        var profile: TenantProfile
        var database: Database?
        /// How the journal knows the file; nil until it is open.
        var file: JournalFile?
        /// A transaction is being written.
        var isWriting = false
        /// What is committed and not told yet, in its order.
        var committed: [CommittedBatch] = []
        /// The number of the batch that was committed last.
        var lastBatch = 0
        /// Why a change is lost that was told of as lost.
        var loss: HostError?
        /// A thread tells of what is durable.
        var isTelling = false
        /// Changes wait until a batch is told.
        var isHeld = false
        /// The newest change that survives loss of power.
        var durableSeq: Int64 = 0
        /// What has seen changes that do not yet.
        var deferred: [Deferred] = []
        var writes: [WriteJob] = []
        var reads: [ReadJob] = []
        /// What is told once nothing that was erased is left in the log.
        var erasures: [Erasure] = []
        /// A change is on its way that cuts the log.
        var isCutting = false
        /// A worker is opening the database or draining the writes.
        var isDraining = false
        var activeReads = 0
        /// How long the log was after the last change, in pages.
        var logLength = 0
        /// When it was last copied back, on the clock that nobody sets.
        var logCopiedAt: Int64 = 0
        /// A thread copies the log back.
        var isCopyingLog = false
        /// Threads that look at the database by themselves.
        var leases = 0
        /// The host will have the open transaction committed.
        var isToBeFinished = false
        /// The database is being closed.
        var isClosing = false
        /// Where the file that is open is on the disk.
        var place: FileIdentity?
        /// A reader has been opened since the database was.
        var hasBeenRead = false
        /// The database has been open since the program began.
        var hasBeenOpen = false
        /// Why the tenant takes no more work; somebody else has its name from now on.
        var retirement: HostError?
        /// How the disk has failed under it.
        var fault: HostError?
        /// Jobs at work.
        var jobs = 0
        /// Jobs that wait until one of those ends.
        var waitingJobs: [WorkerPool.Job] = []
        /// What is wrong with the tables of plugins, by channel; known once the database is open.
        var tableFaults: [String: any Error] = [:]
        var watchers: [Int: @Sendable (Int64) -> Void] = [:]
        var nextWatcher = 0
        /// The host's clock knows when.
        var isToBeWoken = false

        /// Takes out the changes that share the next commit: a long one alone, or those before the next long one.
        mutating func nextBatch(atMost limit: Int) -> [WriteJob] {
            let count =
                writes.first?.isLong == true ? 1 : writes.prefix(limit).prefix { !$0.isLong }.count
            guard count < writes.count else {
                defer { writes = [] }
                return writes
            }
            defer { writes.removeFirst(count) }
            return Array(writes[..<count])
        }
    }

    public let name: TenantName
    let folder: TenantFolder
    let channels: ChannelCatalog
    let pool: FairPool
    let steps: WorkerPool
    let readers: FairPool
    let openTenants: OpenTenants
    let journal: TenantJournal
    let state: Mutex<State>
    private let uploadAllowance = UploadAllowance()
    let quota: TenantQuota
    /// How much its changes and reads have taken lately.
    let use: RecentUse
    let trail = AuditTrail()
    let meter = Meter()
    let unwrittenLooks: UnwrittenLooks
    /// Says on disk that mail may wait.
    let mailMark: TenantMark
    /// What a restore must not undo.
    let ledger: LedgerFile
    /// Held by whoever makes a backup.
    let backupTurn = Mutex(())
    /// Tells the mail pump that mail waits.
    let ring: @Sendable () -> Void
    let wakeClock: WakeClock

    init(
        _ name: TenantName, folder: TenantFolder, profile: TenantProfile, channels: ChannelCatalog, pool: FairPool,
        steps: WorkerPool, readers: FairPool, openTenants: OpenTenants, journal: TenantJournal, mailMark: TenantMark,
        uptime: @escaping @Sendable () -> Int64, unwrittenLooks: UnwrittenLooks,
        ring: @escaping @Sendable () -> Void, wakeClock: WakeClock
    ) {
        self.name = name
        self.folder = folder
        self.channels = channels
        self.pool = pool
        self.steps = steps
        self.readers = readers
        self.openTenants = openTenants
        self.journal = journal
        self.mailMark = mailMark
        self.unwrittenLooks = unwrittenLooks
        self.ring = ring
        self.wakeClock = wakeClock
        use = RecentUse(uptime: uptime)
        quota = TenantQuota(uptime: uptime) { folder.registrySize }
        quota.adopt(profile.shop.policies.limits)
        ledger = LedgerFile(folder.ledger)
        state = Mutex(State(profile: profile))
    }

    /// The configuration as it is now.
    public var profile: TenantProfile { state.withLock { $0.profile } }

    /// Refuses a channel whose own tables could not be made; asked while the database is open.
    ///
    /// - Throws: What is wrong with them.
    public func requireTables(of channel: String) throws {
        if let fault = state.withLock({ $0.tableFaults[channel] }) { throw fault }
    }

    /// Whether the database is open.
    public var isOpen: Bool { state.withLock { $0.database != nil } }

    /// Whether changes wait or are on their way.
    var isDraining: Bool { state.withLock { $0.isDraining || !$0.isTold } }

    /// Queues a change.
    ///
    /// - Parameters:
    ///   - isKept: False to try the change and undo it.
    ///   - isLong: Whether it is a step of something big: it shares its commit with no other, so that none is answered
    ///     later for its sake, and only a change after it that is none makes it survive loss of power.
    ///   - work: Runs on a worker in the tenant's transaction; what it returns runs when the change is durable.
    ///   - failed: Runs instead when `work` threw or nothing could be committed; nothing is changed then.
    public func write(
        isKept: Bool = true, isLong: Bool = false,
        _ work: @escaping @Sendable (WriteTransaction) throws -> Completion,
        failed: @escaping @Sendable (any Error) -> Void
    ) {
        enum Next { case drain, wait, refuse(HostError) }
        let next = state.withLock { state -> Next in
            if let retirement = state.retirement { return .refuse(retirement) }
            guard state.writes.count < Self.queueLimit else { return .refuse(.busy) }
            state.writes.append(WriteJob(isKept: isKept, isLong: isLong, work: work, failed: failed))
            defer { state.isDraining = true }
            return state.isDraining ? .wait : .drain
        }
        switch next {
        case .drain: submitDrain()
        case .wait: break
        case .refuse(let reason): failed(reason)
        }
    }

    /// Queues a look at the database, which sees every change that was answered before; what it sees is durable before it
    /// is over.
    ///
    /// - Parameters:
    ///   - work: Runs on a worker; what it returns runs afterwards.
    ///   - failed: Runs instead when `work` threw.
    public func read(
        _ work: @escaping @Sendable (ReadTransaction) throws -> Completion,
        failed: @escaping @Sendable (any Error) -> Void
    ) {
        enum Next { case read, drain, wait, refuse(HostError) }
        let next = state.withLock { state -> Next in
            if let retirement = state.retirement { return .refuse(retirement) }
            guard state.reads.count < Self.queueLimit else { return .refuse(.busy) }
            state.reads.append(ReadJob(work: work, failed: failed))
            guard state.database != nil else {
                defer { state.isDraining = true }
                return state.isDraining ? .wait : .drain
            }
            guard state.activeReads < Self.readLimit else { return .wait }
            state.activeReads += 1
            return .read
        }
        switch next {
        case .read: startReading()
        case .drain: submitDrain()
        case .wait: break
        case .refuse(let reason): failed(reason)
        }
    }

    /// Has the writes drained: a step of something long by a thread that lets others go first.
    func submitDrain() {
        let isLong = state.withLock { $0.writes.first?.isLong == true }
        if isLong { return steps.submit { [self] in drain(isYielding: true, on: .much) } }
        pool.submit(for: use) { [self] in drain(isYielding: false, on: $0) }
    }

    /// Puts a reader to work.
    func startReading() {
        readers.submit(for: use) { [self] in drainReads(on: $0) }
    }

    /// Begins an upload; blocks.
    ///
    /// - Throws: What the file system says.
    public func beginUpload() throws -> Upload {
        try Upload(in: folder.path, allowance: uploadAllowance)
    }

    /// Calls back after each commit with the number of the newest timeline entry.
    ///
    /// - Returns: What ``unwatch(_:)`` takes.
    public func watch(_ callback: @escaping @Sendable (Int64) -> Void) -> Int {
        state.withLock { state in
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = callback
            return state.nextWatcher
        }
    }

    /// Ends a watch.
    public func unwatch(_ watcher: Int) {
        state.withLock { $0.watchers[watcher] = nil }
    }

    /// More jobs than this do not wait for one tenant.
    private static let queueLimit = 8_192
    /// So many reads of one tenant run at a time.
    static let readLimit = 4
}
