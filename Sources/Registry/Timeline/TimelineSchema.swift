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
            """),
        // An entry outlives its order where that was a test.
        Migration(
            "timeline 2: entries of orders that are gone",
            """
            CREATE TABLE timeline_now (
                seq INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                topic TEXT NOT NULL,
                actor TEXT NOT NULL,
                customer_id INTEGER REFERENCES customer (id),
                order_id INTEGER,
                data TEXT NOT NULL
            ) STRICT;
            INSERT INTO timeline_now (seq, at, topic, actor, customer_id, order_id, data)
                SELECT seq, at, topic, actor, customer_id, order_id, data FROM timeline;
            DROP TABLE timeline;
            ALTER TABLE timeline_now RENAME TO timeline;
            CREATE INDEX timeline_by_customer ON timeline (customer_id, seq) WHERE customer_id IS NOT NULL;
            """),
    ]
}
