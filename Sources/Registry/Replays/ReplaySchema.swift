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
            """),
        // Which customer an answer tells of; no reference, since answers outlive whom they are about.
        Migration(
            "replays 2: whom an answer is about",
            """
            ALTER TABLE replay ADD COLUMN customer INTEGER;
            UPDATE replay SET customer = CASE
                WHEN json_type(answer, '$.existing') IS NOT NULL THEN NULL
                WHEN json_type(answer, '$.customer') = 'integer' THEN json_extract(answer, '$.customer')
                WHEN json_type(answer, '$.number') = 'integer' THEN json_extract(answer, '$.id') END;
            CREATE INDEX replay_by_customer ON replay (customer) WHERE customer IS NOT NULL;
            """),
    ]
}
