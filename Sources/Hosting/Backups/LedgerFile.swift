internal import Foundation
internal import Registry
internal import Storage
internal import Synchronization

/// The copy of what a restore must not undo, outside of the tenant's database.
///
/// What changes is added at its end; now and then it is written anew.
final class LedgerFile: Sendable {
    /// What is to be written.
    enum Writing {
        case whole(RestoreLedger)
        /// What brings it to the version asked for.
        case addition([UInt8])
    }

    /// From where to where it can be added to.
    struct Step {
        let versions: ClosedRange<Int64>
        let base: Int
    }

    private struct Standing {
        /// The version that is on disk.
        var version: Int64 = 0
        var length = 0
        /// How long its first group was.
        var base = 0
        /// Whether all of it can be read.
        var isReadable = true
        /// Whether something can be added.
        var isOpen = false
    }

    private let path: String
    /// Nil while nobody has looked.
    private let standing = Mutex<Standing?>(nil)
    /// The version that was found or written last, for whoever must not wait for the disk.
    private let kept = Atomic<Int64>(0)

    /// As much may be added before it is written anew, or as much again as it had at first where that is more.
    private static let allowance = 64 << 10
    /// How much of a file's end tells its version.
    private static let tailSize = 512

    init(_ path: String) {
        self.path = path
    }

    /// The version on disk, 0 when there is no file, or one that tells none.
    ///
    /// - Throws: ``HostError/tooManyFiles``, ``HostError/unreachable(_:)``.
    func version() throws -> Int64 { try standing.withLock { try known(&$0).version } }

    /// As ``version()`` when somebody asked last, or wrote.
    var keptVersion: Int64 { kept.load(ordering: .acquiring) }

    /// Forgets what is known: somebody may have put another file there.
    func forget() {
        standing.withLock { $0 = nil }
    }

    /// Writes a ledger, unless one of at least this version is on disk; returns when it survives loss of power.
    ///
    /// Whoever waits for somebody else's writing may find that theirs has been done with it.
    ///
    /// - Parameters:
    ///   - version: What the caller has committed.
    ///   - read: Reads from the tenant's file what is to be written; gets from where to where where it can be added to.
    /// - Throws: What the file system says, or `read` throws.
    func keep(_ version: Int64, _ read: (Step?) throws -> Writing) throws {
        try standing.withLock { standing in
            let before = try known(&standing)
            guard before.version < version || !before.isReadable else { return }
            let step =
                before.isOpen && before.version < version
                    && before.length - before.base < max(before.base, Self.allowance)
                ? Step(versions: before.version + 1...version, base: before.base) : nil
            // Should it fail, nobody knows what is there: it is written anew then.
            standing?.isOpen = false
            standing?.isReadable = false
            switch try read(step) {
            case .addition(let bytes):
                try append(bytes)
                standing = Standing(
                    version: version, length: before.length + bytes.count, base: before.base, isOpen: true)
            case .whole(var ledger):
                ledger.limit(to: max(version, before.version))
                let bytes = ledger.stored
                try TenantFolder.replace(path, with: Data(bytes))
                standing = Standing(version: ledger.version, length: bytes.count, base: bytes.count, isOpen: true)
            }
            kept.store(standing?.version ?? 0, ordering: .releasing)
        }
    }

    /// The ledger on disk, nil when there is none.
    ///
    /// - Throws: `RestoreLedger.Unreadable`, ``HostError/tooManyFiles``, ``HostError/unreachable(_:)``.
    func ledger() throws -> RestoreLedger? {
        guard let bytes = try TenantFolder.contents(of: path) else { return nil }
        return try RestoreLedger(stored: Array(bytes))
    }

    private func append(_ bytes: [UInt8]) throws {
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(file) }
        try bytes.withUnsafeBytes { try TenantFolder.write($0, to: file) }
        guard fdatasync(file) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    private func known(_ standing: inout Standing?) throws -> Standing {
        let known = try standing ?? look()
        standing = known
        kept.store(known.version, ordering: .releasing)
        return known
    }

    /// Most of the time the end says all.
    private func look() throws -> Standing {
        guard try TenantFolder.isThere(path) else { return Standing() }
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw HostError(errno: errno) }
        defer { close(file) }
        let size = Int(lseek(file, 0, SEEK_END))
        let tail = try TenantFolder.read(file, from: max(0, size - Self.tailSize), count: min(size, Self.tailSize))
        if let (end, length) = RestoreLedger.end(ofFile: tail) {
            let start = size - length - end.bytes
            // The first group was put in place as a whole; of any other some may be missing.
            if try start == 0 || start > 0 && end.matches(TenantFolder.read(file, from: start, count: end.bytes)) {
                return Standing(version: end.version, length: size, base: end.base, isOpen: true)
            }
        }
        let bytes = try TenantFolder.read(file, from: 0, count: size)
        do {
            return Standing(version: try RestoreLedger(stored: bytes).version)
        } catch {
            return Standing(version: RestoreLedger.claimedVersion(stored: bytes), isReadable: false)
        }
    }
}

extension LedgerFile.Writing {
    /// What is new in a tenant's file, or all of it where that does not tell what is new.
    init(_ step: LedgerFile.Step?, _ transaction: ReadTransaction) throws {
        let addition = try step.flatMap { try RestoreLedger.addition($0.versions, base: $0.base, transaction) }
        self = try addition.map { .addition($0) } ?? .whole(RestoreLedger(transaction))
    }
}
