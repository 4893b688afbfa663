internal import Storage

enum ChannelWakeSchema {
    static let migrations = [
        Migration(
            "channel wakes 1: when channels want to be woken",
            """
            CREATE TABLE channel_wake (
                channel TEXT PRIMARY KEY,
                wake_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
