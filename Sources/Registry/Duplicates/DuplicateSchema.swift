internal import Storage

enum DuplicateSchema {
    static let migrations = [
        Migration(
            "duplicates 1: customers known to be two",
            """
            CREATE TABLE customer_distinct (
                a INTEGER NOT NULL REFERENCES customer (id),
                b INTEGER NOT NULL REFERENCES customer (id),
                actor TEXT NOT NULL,
                at INTEGER NOT NULL,
                PRIMARY KEY (a, b),
                CHECK (a < b)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_distinct_by_second ON customer_distinct (b);
            CREATE INDEX customer_at_shared_address ON customer (email_key) WHERE email_seat > 0;
            """)
    ]
}
