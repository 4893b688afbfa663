import Foundation

/// The sqlite3 program, which imports the same table for comparison.
enum SQLiteShell {
    /// Imports a table with ``ImportTable``'s columns into a new file, into one table with a unique index of its e-mail
    /// addresses.
    ///
    /// - Returns: How long it took.
    /// - Throws: ``BenchError/noShell``, ``BenchError/shellFailed(status:)``.
    static func importTable(at path: String, into database: String) throws -> Duration {
        let columns = ImportTable.columns.map { "\"\($0)\" TEXT" }.joined(separator: ", ")
        try run([database, "CREATE TABLE list (\(columns)); CREATE UNIQUE INDEX by_email ON list (\"E-Mail\")"])
        let start = ContinuousClock.now
        try run([database, ".mode csv", ".import --skip 1 \(path) list"])
        return ContinuousClock.now - start
    }

    private static func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3"] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus != 127 else { throw BenchError.noShell }
        guard process.terminationStatus == 0 else { throw BenchError.shellFailed(status: process.terminationStatus) }
    }
}
