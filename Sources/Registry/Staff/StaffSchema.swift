internal import Storage

enum StaffSchema {
    static let migrations = [
        Migration(
            "staff 1: members",
            """
            CREATE TABLE staff (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL CHECK (name_key <> ''),
                display TEXT NOT NULL,
                email TEXT,
                email_key TEXT,
                added_at INTEGER NOT NULL,
                removed_at INTEGER,
                CHECK ((email IS NULL) = (email_key IS NULL))
            ) STRICT;
            CREATE UNIQUE INDEX staff_by_name ON staff (name_key);
            """)
    ]
}
