import ChannelKit

/// The table of what staff entered.
enum EntrySchema {
    static let migrations = [
        ChannelMigration(
            "1: entries and what corrects them",
            """
            CREATE TABLE manual__entry (
                order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE,
                source TEXT NOT NULL,
                day TEXT NOT NULL,
                currency TEXT NOT NULL,
                subtotal_minor INTEGER NOT NULL,
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                corrects INTEGER,
                corrected_by INTEGER
            ) STRICT;
            CREATE INDEX manual__entry_by_day ON manual__entry (day, order_id);
            CREATE INDEX manual__entry_by_source ON manual__entry (source, order_id);
            CREATE UNIQUE INDEX manual__entry_by_corrected ON manual__entry (corrects) WHERE corrects IS NOT NULL;
            """)
    ]

    static let tables = [
        ChannelTable(
            "manual__entry",
            plain: [
                "source", "day", "currency", "subtotal_minor", "is_test", "corrects", "corrected_by",
            ], order: "order_id")
    ]
}
