internal import Storage

enum ChannelTableSchema {
    static let migrations = [
        Migration(
            "channel tables 1: what channels keep",
            """
            CREATE TABLE channel_migration (
                channel TEXT NOT NULL,
                position INTEGER NOT NULL,
                name TEXT NOT NULL,
                PRIMARY KEY (channel, position),
                UNIQUE (channel, name)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE channel_column (
                table_name TEXT NOT NULL,
                column_name TEXT NOT NULL,
                channel TEXT NOT NULL,
                position INTEGER NOT NULL,
                content TEXT NOT NULL,
                is_required INTEGER NOT NULL CHECK (is_required IN (0, 1)),
                PRIMARY KEY (table_name, column_name)
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
