internal import Storage

enum NoteSchema {
    static let migrations = [
        Migration(
            "notes 1: notes of staff",
            """
            CREATE TABLE note (
                id INTEGER PRIMARY KEY,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                author TEXT NOT NULL,
                at INTEGER NOT NULL,
                text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX note_by_customer ON note (customer_id, id);
            """)
    ]
}
