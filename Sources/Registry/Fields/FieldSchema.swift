internal import Storage

enum FieldSchema {
    static let migrations = [
        Migration(
            "fields 1: fields of the shop",
            """
            CREATE TABLE field (
                name TEXT PRIMARY KEY,
                type TEXT NOT NULL CHECK (type IN ('text', 'number', 'flag', 'day', 'choice')),
                choices TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
