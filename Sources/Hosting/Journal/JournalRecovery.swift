internal import Foundation
internal import Journal
internal import Storage
internal import Synchronization

/// Puts into the tenants' files what the journal has and they have not, before anybody asks for it.
struct JournalRecovery: Sendable {
    /// Why a tenant's file cannot be made whole.
    private enum Failure: Error, CustomStringConvertible {
        case damaged(seq: Int64)

        var description: String {
            switch self {
            case .damaged(let seq): "change \(seq) is damaged in the journal"
            }
        }
    }

    /// What became of a tenant's file.
    fileprivate enum Outcome: Sendable {
        case whole
        case replayed(TenantName, count: Int)
        case stopped(TenantName, String)
        /// The file is not where it was.
        case elsewhere

        var isStopped: Bool { if case .stopped = self { true } else { false } }
    }

    /// What several threads have still to do, and what they have come to.
    private final class Share: Sendable {
        typealias Numbered = (number: Int, outcome: Result<Outcome, any Error>)

        let next = Atomic(0)
        let outcomes = Mutex<[Numbered]>([])
    }

    private static let replayThreads = max(2, ProcessInfo.processInfo.activeProcessorCount)
    /// Whoever syncs waits for the disk most of the time.
    private static let syncThreads = 8

    private let directory: String
    private let notes: StopNotes
    /// Most tenants have the same schema.
    private let connections = ConnectionPool(limit: replayThreads, capturing: nil)

    /// Makes good what is missing; all of it survives loss of power when this returns.
    ///
    /// - Throws: What the file system says.
    static func run(
        _ scan: JournalScan, in folder: JournalFolder, of directory: String, _ notes: StopNotes
    ) throws -> JournalReport {
        var report = JournalReport()
        guard !scan.isSettled else { return report }
        report.cutCount = scan.cutCount
        let recovery = JournalRecovery(directory: directory, notes: notes)
        let histories = Array(scan.histories)
        let outcomes = try atATime(replayThreads, histories) { try recovery.recover($0.key, $0.value) }
        for outcome in outcomes { report.note(outcome) }
        // What the journal has of them is all there is.
        var needed = Set(zip(histories, outcomes).filter { $0.1.isStopped }.map(\.0.key))
        let elsewhere = zip(histories, outcomes).filter { if case .elsewhere = $0.1 { true } else { false } }
        let keys = elsewhere.isEmpty ? [:] : try keys(in: directory)
        for ((file, changes), _) in elsewhere {
            if let names = keys[file.key], names.count == 1 {
                let outcome = try recovery.recover(names[0], file, changes, recovery.open)
                report.note(outcome)
                if outcome.isStopped { needed.insert(file) }
            } else if changes.contains(where: { $0.payload != nil }) {
                report.missing.append(file.name)
                needed.insert(file)
            }
            // What was erased belonged to a file that was settled before it went.
        }
        let owners = Dictionary(grouping: scan.histories.keys, by: \.name)
        let synced = try atATime(syncThreads, names(in: directory)) { name in
            let files = owners[name.description] ?? []
            return try recovery.syncLog(name, files.count == 1 ? files[0] : nil)
        }
        for outcome in synced {
            report.note(outcome)
            if case .stopped(let name, _) = outcome {
                needed.formUnion(scan.histories.keys.filter { $0.name == name.description })
            }
        }
        if !needed.isEmpty { try folder.keepCopy(of: needed, scan.generation) }
        return report
    }

    /// Does the same with all of some, so many at a time; blocks.
    ///
    /// Each thread takes one after the other by itself: most take so little time that handing over each of thousands took
    /// ten times longer.
    private static func atATime<Element: Sendable>(
        _ count: Int, _ elements: [Element], _ work: @escaping @Sendable (Element) throws -> Outcome
    ) throws -> [Outcome] {
        let share = Share()
        let threads = min(count, elements.count)
        let pool = WorkerPool(threads: threads)
        for _ in 0..<threads {
            pool.submit {
                var own: [Share.Numbered] = []
                while case let number = share.next.add(1, ordering: .relaxed).oldValue, number < elements.count {
                    own.append((number, Result { try work(elements[number]) }))
                }
                share.outcomes.withLock { $0 += own }
            }
        }
        pool.stop()
        return try share.outcomes.withLock { $0 }.sorted { $0.number < $1.number }.map { try $0.outcome.get() }
    }

    private func recover(_ file: JournalFile, _ changes: [JournalScan.Change]) throws -> Outcome {
        guard let name = TenantName(file.name) else { return .elsewhere }
        let path = TenantFolder(of: name, in: directory).registry
        // One that cannot be looked at cannot be read either.
        guard (try? TenantFolder.isThere(path)) ?? true else { return .elsewhere }
        // Opened once for both.
        let replay = Result { try open(path) }
        // What cannot be read is this tenant's own matter, and told as such.
        if case .success(let found) = replay, found.position.file != file.key { return .elsewhere }
        return try recover(name, file, changes) { _ in try replay.get() }
    }

    private func open(_ path: String) throws -> Replay { try Replay(path: path, sharing: connections) }

    /// `open` opens the file at a path.
    ///
    /// - Throws: What the file system says where nobody could be told that the tenant is stopped.
    private func recover(
        _ name: TenantName, _ file: JournalFile, _ changes: [JournalScan.Change], _ open: (String) throws -> Replay
    ) throws -> Outcome {
        let tenant = TenantFolder(of: name, in: directory)
        do {
            // Its changes are kept until somebody has looked after it.
            if let reason = try notes.reason(name) ?? tenant.stopReason { return .stopped(name, reason) }
            let replay = try open(tenant.registry)
            let missing = changes.filter { $0.seq > replay.position.seq }
            guard !missing.isEmpty else { return .whole }
            try replay.apply(
                missing.map { change in
                    guard let payload = change.payload else { throw Failure.damaged(seq: change.seq) }
                    return (seq: change.seq, bytes: payload)
                })
            return .replayed(name, count: missing.count)
        } catch {
            let reason = "\(error)"
            try notes.stop(name, file.key, in: tenant, reason)
            return .stopped(name, reason)
        }
    }

    /// Which files are in the tenants' folders.
    static func keys(in directory: String) throws -> [[UInt8]: [TenantName]] {
        var keys: [[UInt8]: [TenantName]] = [:]
        let connections = ConnectionPool(limit: 1, capturing: nil)
        for name in try names(in: directory) {
            let path = TenantFolder(of: name, in: directory).registry
            // A file that is no tenant's is nobody's.
            guard let replay = try? Replay(path: path, sharing: connections) else { continue }
            keys[replay.position.file, default: []].append(name)
        }
        return keys
    }

    /// Whatever was committed when the host ended may only be in the system's memory; files that were closed have no log.
    private func syncLog(_ name: TenantName, _ file: JournalFile?) throws -> Outcome {
        let tenant = TenantFolder(of: name, in: directory)
        do {
            // Looked for first: most have none, and a start must not take long for them.
            guard LogFile.mayBeThere(of: tenant.registry), notes.reason(name) == nil, try tenant.stopReason == nil
            else { return .whole }
            try LogFile.sync(of: tenant.registry)
            return .whole
        } catch {
            let reason = "\(error)"
            try notes.stop(name, file?.key ?? [], in: tenant, reason)
            return .stopped(name, reason)
        }
    }

    private static func names(in directory: String) throws -> [TenantName] {
        try FileManager.default.contentsOfDirectory(atPath: directory).compactMap(TenantName.init)
    }
}

extension JournalReport {
    fileprivate mutating func note(_ outcome: JournalRecovery.Outcome) {
        switch outcome {
        case .whole, .elsewhere: break
        case .replayed(let name, let count): replayed[name.description] = count
        case .stopped(let name, let reason): stopped[name.description] = reason
        }
    }
}
