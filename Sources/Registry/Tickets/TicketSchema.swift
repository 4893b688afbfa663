internal import Storage

enum TicketSchema {
    static let migrations = [
        Migration(
            "tickets 1: rights that links carry",
            """
            CREATE TABLE ticket (
                selector TEXT PRIMARY KEY,
                verifier_digest BLOB NOT NULL,
                kind TEXT NOT NULL,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                data TEXT NOT NULL,
                issued_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL CHECK (expires_at > issued_at),
                redeemed_at INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX ticket_by_customer ON ticket (customer_id, kind, issued_at);
            CREATE INDEX ticket_by_expiry ON ticket (expires_at);
            """)
    ]
}
