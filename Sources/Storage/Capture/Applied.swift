/// The row in which a captured database says which of the journal's changes it holds.
///
/// Written before each commit of what is captured. Changes name it themselves where releases before wrote them.
public enum Applied {
    /// Gives a file a key of its own, by which the journal knows it whatever its folder is called.
    public static let migrations = [
        Migration(
            "journal 1: what is applied",
            """
            CREATE TABLE applied (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                file BLOB NOT NULL CHECK (length(file) = 16),
                seq INTEGER NOT NULL CHECK (seq >= 0)
            ) STRICT;
            INSERT INTO applied (id, file, seq) VALUES (1, randomblob(16), 0);
            """)
    ]

    /// A file's key, and the number of the newest change it holds.
    public struct Position: Sendable, Equatable {
        public let file: [UInt8]
        public let seq: Int64
    }
}

extension Connection {
    /// Says that the open transaction holds all changes up to this one.
    func noteApplied(_ seq: Int64) throws {
        try run("UPDATE applied SET seq = ? WHERE id = 1", [.integer(seq)])
    }
}

extension WriteTransaction {
    /// Makes the file another one for the journal, which knows no change of it: it was copied from another, or is older.
    ///
    /// - Throws: ``StorageError``.
    public func renewApplied() throws {
        try execute("UPDATE applied SET file = randomblob(16), seq = 0 WHERE id = 1")
        // Whoever comes to the file from now on is not to look for the former key; the new one is known once this is committed.
        connection.files?.key = nil
    }
}

extension ReadTransaction {
    /// How far the file is in the journal, nil when it was never captured.
    ///
    /// - Throws: ``StorageError``.
    public func applied() throws -> Applied.Position? {
        try first("SELECT file, seq FROM applied WHERE id = 1") {
            Applied.Position(file: $0.bytes(0), seq: $0.integer(1))
        }
    }
}
