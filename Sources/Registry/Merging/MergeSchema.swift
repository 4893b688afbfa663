internal import Storage

enum MergeSchema {
    static let migrations = [
        Migration(
            "merging 1: records of merges",
            """
            CREATE TABLE customer_merge (
                from_id INTEGER PRIMARY KEY REFERENCES customer (id),
                into_id INTEGER NOT NULL REFERENCES customer (id),
                seq INTEGER NOT NULL,
                merged_at INTEGER NOT NULL,
                email TEXT,
                email_key TEXT,
                email_seat INTEGER NOT NULL,
                CHECK (from_id <> into_id)
            ) STRICT;
            CREATE INDEX customer_merge_by_survivor ON customer_merge (into_id, seq);

            CREATE TABLE customer_merge_side (
                from_id INTEGER NOT NULL REFERENCES customer_merge (from_id),
                side TEXT NOT NULL CHECK (side IN ('before', 'after')),
                name TEXT,
                first_name TEXT,
                last_name TEXT,
                email TEXT,
                email_key TEXT,
                email_seat INTEGER NOT NULL,
                phone TEXT,
                phone_key TEXT,
                country TEXT,
                language TEXT,
                company TEXT,
                vat_id TEXT,
                tax_exempt INTEGER NOT NULL,
                birthday TEXT,
                custom TEXT NOT NULL,
                status TEXT NOT NULL,
                deny_reason TEXT,
                public_reason TEXT,
                account TEXT NOT NULL,
                joined_at INTEGER NOT NULL,
                email_verified_at INTEGER,
                PRIMARY KEY (from_id, side)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE customer_merge_row (
                from_id INTEGER NOT NULL REFERENCES customer_merge (from_id),
                part TEXT NOT NULL,
                key ANY NOT NULL,
                is_shared INTEGER NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1)),
                detail TEXT,
                PRIMARY KEY (from_id, part, key)
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
