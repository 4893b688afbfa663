internal import Storage

enum TagSchema {
    static let migrations = [
        Migration(
            "tags 1: tags of customers",
            """
            CREATE TABLE tag (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX tag_by_name ON tag (name_key);
            CREATE TABLE customer_tag (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                tag_id INTEGER NOT NULL REFERENCES tag (id),
                PRIMARY KEY (customer_id, tag_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_tag_by_tag ON customer_tag (tag_id, customer_id);
            """)
    ]
}
