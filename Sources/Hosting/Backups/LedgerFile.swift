internal import Foundation
internal import Registry
internal import Synchronization

/// The copy of what a restore must not undo, outside of the tenant's database.
final class LedgerFile: Sendable {
    private let path: String
    /// The version that is on disk; nil while nobody has looked.
    private let kept = Mutex<Int64?>(nil)

    /// How much of a file tells its version.
    private static let headerSize = 128

    init(_ path: String) {
        self.path = path
    }

    /// The version on disk, 0 when there is no file, or none that can be read.
    func version() -> Int64 {
        kept.withLock { kept in
            if let kept { return kept }
            let version = Self.version(path)
            kept = version
            return version
        }
    }

    /// Forgets what is known: somebody may have put another file there.
    func forget() {
        kept.withLock { $0 = nil }
    }

    /// Writes a ledger, unless one of at least this version is on disk; returns when it survives loss of power.
    ///
    /// Whoever waits for somebody else's writing may find that theirs has been done with it.
    ///
    /// - Parameters:
    ///   - version: What the caller has committed.
    ///   - ledger: Reads the ledger as it is now.
    /// - Throws: What the file system says, or `ledger` throws.
    func keep(_ version: Int64, _ ledger: () throws -> RestoreLedger) throws {
        try kept.withLock { kept in
            guard kept.map({ $0 < version }) ?? true else { return }
            let ledger = try ledger()
            try TenantFolder.replace(path, with: Data(ledger.stored))
            kept = ledger.version
        }
    }

    /// The ledger on disk, nil when there is none.
    ///
    /// - Throws: `RestoreLedger.Unreadable`.
    func ledger() throws -> RestoreLedger? {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        return try RestoreLedger(stored: Array(bytes))
    }

    private static func version(_ path: String) -> Int64 {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        let bytes = [UInt8](unsafeUninitializedCapacity: headerSize) { buffer, count in
            count = max(0, pread(file, buffer.baseAddress, headerSize, 0))
        }
        return RestoreLedger.version(stored: bytes) ?? 0
    }
}
