import Foundation
import Synchronization
import TestSupport
@testable import Journal

/// A journal in a folder, and what tests do with it.
struct Book {
    static let sizes = 4_096...8_192

    let path: String

    func open(
        sizes: ClosedRange<Int> = Self.sizes,
        settle: @escaping @Sendable ([JournalFile: Int64]) -> Bool = { _ in false },
        isBusy: @escaping @Sendable () -> Bool = { false }
    ) throws -> Journal {
        let folder = try JournalFolder(path)
        return try Journal(
            in: folder, after: folder.scan(), sizes: sizes,
            Journal.Surroundings(settle: settle, deliver: { $0() }, isBusy: isBusy))
    }

    func scan() throws -> JournalScan { try JournalFolder(path).scan() }

    static func file(_ name: String) -> JournalFile {
        JournalFile(key: [UInt8](repeating: UInt8(name.utf8.count), count: 16), name: name)
    }

    static func record(_ name: String, _ seq: Int64, count: Int = 20) -> JournalRecord {
        JournalRecord(
            file: file(name), seq: seq, payload: [UInt8](repeating: UInt8(truncatingIfNeeded: seq), count: count))
    }
}

extension Journal {
    /// Writes a record and returns when it is there.
    func keep(_ record: JournalRecord) -> Bool { wait { append(record, done: $0) } }

    func wait(_ body: (@escaping Done) -> Void) -> Bool {
        let outcome = Mutex<Bool?>(nil)
        let condition = NSCondition()
        body { isKept in
            condition.lock()
            outcome.withLock { $0 = isKept }
            condition.signal()
            condition.unlock()
        }
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let outcome = outcome.withLock({ $0 }) { return outcome }
            condition.wait()
        }
    }
}

func withBook(_ body: (Book) throws -> Void) throws {
    try withTemporaryDirectory { try body(Book(path: "\($0)/.journal")) }
}
