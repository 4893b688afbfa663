internal import Storage

enum SuppressionSchema {
    static let migrations = [
        Migration(
            "suppression 1: who objected, as keyed hashes",
            """
            CREATE TABLE secret (
                name TEXT PRIMARY KEY,
                value BLOB NOT NULL CHECK (length(value) = 32)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE suppression (
                hash BLOB NOT NULL CHECK (length(hash) = 32),
                purpose TEXT NOT NULL CHECK (purpose IN ('newsletter', 'sms', 'phone', 'post')),
                reason TEXT NOT NULL CHECK (reason IN ('unsubscribed', 'bounced', 'erased')),
                at INTEGER NOT NULL,
                PRIMARY KEY (hash, purpose)
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
