internal import Storage

enum TokenSchema {
    static let migrations = [
        Migration(
            "tokens 1: access",
            """
            CREATE TABLE token (
                selector TEXT PRIMARY KEY,
                verifier_digest BLOB NOT NULL,
                role TEXT NOT NULL CHECK (role IN ('staff', 'channel', 'portal', 'reader')),
                channel TEXT,
                label TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                revoked_at INTEGER,
                CHECK ((role = 'channel') = (channel IS NOT NULL))
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
