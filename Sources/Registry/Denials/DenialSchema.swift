internal import Storage

enum DenialSchema {
    static let migrations = [
        Migration(
            "denials 1: denied contacts",
            """
            CREATE TABLE denied_contact (
                kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
                key TEXT NOT NULL,
                reason TEXT,
                public_reason TEXT,
                actor TEXT NOT NULL,
                denied_at INTEGER NOT NULL,
                PRIMARY KEY (kind, key)
            ) STRICT, WITHOUT ROWID;
            """),
        Migration(
            "denials 2: erased contacts",
            """
            CREATE TABLE denied_hash (
                hash BLOB PRIMARY KEY,
                denied_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """),
    ]
}
