internal import Storage

enum ImportSchema {
    static let migrations = [
        Migration(
            "import 1: batches",
            """
            CREATE TABLE import (
                id INTEGER PRIMARY KEY,
                state TEXT NOT NULL CHECK (state IN ('running', 'done', 'interrupted', 'undone')),
                process TEXT NOT NULL,
                mode TEXT NOT NULL,
                actor TEXT NOT NULL,
                began_at INTEGER NOT NULL,
                ended_at INTEGER,
                rows INTEGER NOT NULL DEFAULT 0,
                created INTEGER NOT NULL DEFAULT 0,
                changed INTEGER NOT NULL DEFAULT 0,
                unchanged INTEGER NOT NULL DEFAULT 0,
                skipped INTEGER NOT NULL DEFAULT 0
            ) STRICT;

            CREATE TABLE import_created (
                import_id INTEGER NOT NULL REFERENCES import (id),
                first_id INTEGER NOT NULL,
                last_id INTEGER NOT NULL,
                seq INTEGER NOT NULL,
                PRIMARY KEY (import_id, first_id),
                CHECK (first_id <= last_id)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE import_change (
                import_id INTEGER NOT NULL REFERENCES import (id),
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                part TEXT NOT NULL,
                seq INTEGER NOT NULL,
                before TEXT,
                after TEXT,
                PRIMARY KEY (import_id, customer_id, part)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX import_change_by_customer ON import_change (customer_id);
            """),
        Migration(
            "import 2: entries of the timeline that an import and its undoing made",
            """
            ALTER TABLE import_change ADD COLUMN from_seq INTEGER;

            CREATE TABLE import_entry (
                customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
                first_seq INTEGER NOT NULL,
                last_seq INTEGER NOT NULL,
                PRIMARY KEY (customer_id, first_seq),
                CHECK (first_seq <= last_seq)
            ) STRICT, WITHOUT ROWID;
            """),
    ]
}
