import Foundation
import TestSupport
@testable import Storage

/// Files whose changes are captured.
enum CapturedFile {
    static func withShelf(_ body: (Database, String) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try body(try open(path, Shelf.migrations), path)
        }
    }

    static func open(_ path: String, _ migrations: [Migration] = []) throws -> Database {
        try Database(path: path, migrations: migrations + Applied.migrations, capturing: CapturedShapes())
    }

    /// The file as it is, its log included.
    static func back(up path: String, to copy: String) throws {
        for end in ["", "-wal", "-shm"] {
            // There is none of the latter two where nobody has the file open.
            try? FileManager.default.removeItem(atPath: copy + end)
            if end != "-shm", FileManager.default.fileExists(atPath: path + end) {
                try FileManager.default.copyItem(atPath: path + end, toPath: copy + end)
            }
        }
    }

    static func rows(_ path: String) throws -> [String: [String]] {
        try TableDump(path: path) { _ in true }.rows.mapValues { $0.sorted() }
    }
}
