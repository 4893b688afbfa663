internal import Storage

enum SegmentSchema {
    static let migrations = [
        Migration(
            "segments 1: saved rules",
            """
            CREATE TABLE segment (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL CHECK (name_key <> ''),
                rule TEXT NOT NULL,
                created_at INTEGER NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX segment_by_name ON segment (name_key);
            """)
    ]
}
