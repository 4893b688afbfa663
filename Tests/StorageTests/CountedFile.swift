import CSQLite
import Synchronization
import XCTest

@testable import Storage

/// A file of SQLite's whose syncs are counted in place of being done; one at a time.
enum CountedFile {
    private static let count = Atomic(0)
    private static let answer = Atomic(SQLITE_OK)

    /// How often it was to be synced.
    static var syncs: Int { count.load(ordering: .relaxed) }

    /// Counts while a body runs the syncs of the file that lies so many bytes behind the one which an operation tells
    /// (https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html); each of them answers `code`.
    static func count(
        _ connection: Connection, _ which: Int32, behind offset: Int = 0, answering code: Int32 = SQLITE_OK,
        _ body: () throws -> Void
    ) throws {
        var found: UnsafeMutablePointer<sqlite3_file>?
        XCTAssertEqual(sqlite3_file_control(connection.handle, "main", which, &found), SQLITE_OK)
        let file = try XCTUnwrap(
            found.map { UnsafeMutableRawPointer($0).advanced(by: offset).assumingMemoryBound(to: sqlite3_file.self) })
        let former = try XCTUnwrap(file.pointee.pMethods)
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        methods.initialize(to: former.pointee)
        methods.pointee.xSync = { _, _ in
            CountedFile.count.add(1, ordering: .relaxed)
            return CountedFile.answer.load(ordering: .relaxed)
        }
        count.store(0, ordering: .relaxed)
        answer.store(code, ordering: .relaxed)
        file.pointee.pMethods = UnsafePointer(methods)
        defer {
            file.pointee.pMethods = former
            methods.deallocate()
        }
        try body()
    }
}
