internal import Storage

enum CommentSchema {
    static let migrations = [
        Migration(
            "comments 1: comments, their versions and mentions, inboxes",
            """
            CREATE TABLE comment (
                id INTEGER PRIMARY KEY,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                author TEXT NOT NULL,
                at INTEGER NOT NULL,
                version INTEGER NOT NULL CHECK (version > 0)
            ) STRICT;
            CREATE INDEX comment_by_customer ON comment (customer_id, id);
            CREATE TABLE comment_version (
                comment_id INTEGER NOT NULL REFERENCES comment (id),
                version INTEGER NOT NULL CHECK (version > 0),
                at INTEGER NOT NULL,
                source TEXT NOT NULL,
                PRIMARY KEY (comment_id, version)
            ) STRICT, WITHOUT ROWID;
            -- No foreign keys to what is mentioned: it may go, and the mention then says so.
            CREATE TABLE comment_mention (
                comment_id INTEGER NOT NULL,
                version INTEGER NOT NULL,
                start INTEGER NOT NULL,
                length INTEGER NOT NULL,
                staff_id INTEGER,
                customer_id INTEGER,
                channel TEXT,
                sku TEXT,
                PRIMARY KEY (comment_id, version, start),
                FOREIGN KEY (comment_id, version) REFERENCES comment_version (comment_id, version),
                CHECK ((staff_id IS NOT NULL) + (customer_id IS NOT NULL) + (sku IS NOT NULL) = 1),
                CHECK ((channel IS NULL) = (sku IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX comment_mention_of_customer ON comment_mention (customer_id) WHERE customer_id IS NOT NULL;
            CREATE TABLE inbox_entry (
                id INTEGER PRIMARY KEY,
                staff_id INTEGER NOT NULL REFERENCES staff (id),
                comment_id INTEGER NOT NULL REFERENCES comment (id),
                at INTEGER NOT NULL,
                read_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX inbox_entry_once ON inbox_entry (comment_id, staff_id);
            CREATE INDEX inbox_entry_by_staff ON inbox_entry (staff_id, id);
            CREATE INDEX inbox_entry_unread ON inbox_entry (staff_id, id) WHERE read_at IS NULL;
            """)
    ]
}
