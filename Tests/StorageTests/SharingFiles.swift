import Foundation
import TestSupport
import XCTest

@testable import Storage

/// Databases that share connections.
enum SharingFiles {
    static let migrations = Applied.migrations + Shelf.migrations

    static func open(
        _ path: String, _ pool: ConnectionPool, _ readers: IdleReaders = IdleReaders(limit: 2)
    ) throws -> Database {
        try Database(path: path, migrations: migrations, sharing: pool, readers: readers)
    }

    /// What another program finds, once what is wrong with the file has been looked for.
    static func names(_ path: String) throws -> [String] {
        try Database.look(at: path) { transaction in
            XCTAssertEqual(try transaction.integrityProblems(), [])
            return try Shelf.names(transaction)
        }
    }

    /// How the names of the files go on that are beside one.
    static func beside(_ path: String) -> [String] {
        ["-wal", "-shm", "-journal"].filter { FileManager.default.fileExists(atPath: path + $0) }
    }

    /// Lends so many databases that are the same but for the key by which the journal knows them.
    static func withCopies(_ count: Int, _ body: ([String]) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let template = "\(folder)/template.sqlite"
            try Database(path: template, migrations: migrations).close()
            let paths = try (0..<count).map { number in
                let path = "\(folder)/\(number).sqlite"
                try FileManager.default.copyItem(atPath: template, toPath: path)
                let database = try Database(path: path, migrations: migrations)
                try database.write { try $0.renewApplied() }
                try database.close()
                return path
            }
            try body(paths)
        }
    }
}
