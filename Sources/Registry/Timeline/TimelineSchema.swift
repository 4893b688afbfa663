internal import Storage

enum TimelineSchema {
    static let migrations = [
        Migration(
            "timeline 1: numbered entries",
            """
            CREATE TABLE timeline (
                seq INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                topic TEXT NOT NULL,
                actor TEXT NOT NULL,
                customer_id INTEGER REFERENCES customer (id),
                order_id INTEGER REFERENCES customer_order (id),
                data TEXT NOT NULL
            ) STRICT;
            CREATE INDEX timeline_by_customer ON timeline (customer_id, seq) WHERE customer_id IS NOT NULL;
            """)
    ]
}
