internal import Foundation
internal import Journal
internal import Storage

/// Puts into the tenants' files what the journal has and they have not, before anybody asks for it.
struct JournalRecovery {
    /// Why a tenant's file cannot be made whole.
    private enum Failure: Error, CustomStringConvertible {
        case damaged(seq: Int64)

        var description: String {
            switch self {
            case .damaged(let seq): "change \(seq) is damaged in the journal"
            }
        }
    }

    private let directory: String
    private let folder: JournalFolder
    private var report = JournalReport()
    /// The tenants by the key of their file, looked up when one is not where it was.
    private var byKey: [[UInt8]: [TenantName]]?

    private init(_ directory: String, _ folder: JournalFolder) {
        self.directory = directory
        self.folder = folder
    }

    /// Makes good what is missing; all of it survives loss of power when this returns.
    ///
    /// - Throws: What the file system says.
    static func run(_ scan: JournalScan, in folder: JournalFolder, of directory: String) throws -> JournalReport {
        var recovery = JournalRecovery(directory, folder)
        guard !scan.isSettled else { return recovery.report }
        recovery.report.cutCount = scan.cutCount
        for (file, changes) in scan.histories { try recovery.recover(file, changes) }
        try recovery.syncLogs()
        if !recovery.report.stopped.isEmpty || !recovery.report.missing.isEmpty {
            try folder.keepCopy(of: scan.generation)
        }
        return recovery.report
    }

    private mutating func recover(_ file: JournalFile, _ changes: [JournalScan.Change]) throws {
        guard let name = try tenant(of: file) else {
            // What was erased belonged to a file that was settled before it went.
            guard changes.contains(where: { $0.payload != nil }) else { return }
            report.missing.append(file.name)
            return
        }
        let tenant = TenantFolder(of: name, in: directory)
        if let reason = tenant.stopReason {
            // Its changes are kept until somebody has looked after it.
            report.stopped[name.description] = reason
            return
        }
        do {
            let replay = try Replay(path: tenant.registry)
            let missing = changes.filter { $0.seq > replay.position.seq }
            guard !missing.isEmpty else { return }
            try replay.apply(
                missing.map { change in
                    guard let payload = change.payload else { throw Failure.damaged(seq: change.seq) }
                    return (seq: change.seq, bytes: payload)
                })
            report.replayed[name.description] = missing.count
        } catch {
            let reason = "\(error)"
            report.stopped[name.description] = reason
            try tenant.stop(reason)
        }
    }

    /// The tenant that has a file now, nil when none has.
    private mutating func tenant(of file: JournalFile) throws -> TenantName? {
        if let name = TenantName(file.name) {
            let path = TenantFolder(of: name, in: directory).registry
            if FileManager.default.fileExists(atPath: path) {
                // What cannot be read is this tenant's own matter, and told as such.
                guard let replay = try? Replay(path: path) else { return name }
                if replay.position.file == file.key { return name }
            }
        }
        // Its folder has another name now.
        let known = try byKey ?? keys()
        byKey = known
        let others = known[file.key] ?? []
        return others.count == 1 ? others[0] : nil
    }

    private func keys() throws -> [[UInt8]: [TenantName]] {
        var keys: [[UInt8]: [TenantName]] = [:]
        for name in try names() {
            // A file that is no tenant's is nobody's.
            guard let replay = try? Replay(path: TenantFolder(of: name, in: directory).registry) else { continue }
            keys[replay.position.file, default: []].append(name)
        }
        return keys
    }

    /// Whatever was committed when the host ended may only be in the system's memory; files that were closed have no log.
    private mutating func syncLogs() throws {
        for name in try names() {
            let tenant = TenantFolder(of: name, in: directory)
            guard tenant.stopReason == nil else { continue }
            do throws(LogFile.NotSynced) {
                try LogFile.sync(of: tenant.registry)
            } catch {
                report.stopped[name.description] = error.description
                try tenant.stop(error.description)
            }
        }
    }

    private func names() throws -> [TenantName] {
        try FileManager.default.contentsOfDirectory(atPath: directory).compactMap(TenantName.init)
    }
}
