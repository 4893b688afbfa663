internal import Storage

enum AttemptSchema {
    static let migrations = [
        Migration(
            "attempts 1: what may be tried only so often",
            """
            CREATE TABLE attempt (
                kind TEXT NOT NULL,
                subject BLOB NOT NULL,
                began_at INTEGER NOT NULL,
                count INTEGER NOT NULL CHECK (count > 0),
                PRIMARY KEY (kind, subject)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX attempt_by_age ON attempt (began_at);
            """)
    ]
}
