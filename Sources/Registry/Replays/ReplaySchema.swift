internal import Storage

enum ReplaySchema {
    static let migrations = [
        Migration(
            "replays 1: answers by key",
            """
            CREATE TABLE replay (
                caller TEXT NOT NULL,
                key TEXT NOT NULL,
                request_digest BLOB NOT NULL,
                answer TEXT NOT NULL,
                at INTEGER NOT NULL,
                PRIMARY KEY (caller, key)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX replay_by_time ON replay (at);
            """)
    ]
}
