internal import Storage

enum AuditSchema {
    static let migrations = [
        // What is condensed has the start of its quarter of an hour.
        Migration(
            "audit 1: who looked into the shop",
            """
            CREATE TABLE audit (
                id INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                last_at INTEGER NOT NULL CHECK (last_at >= at),
                quarter_at INTEGER,
                role TEXT NOT NULL,
                actor TEXT NOT NULL,
                verb TEXT NOT NULL,
                about TEXT NOT NULL,
                count INTEGER NOT NULL CHECK (count > 0)
            ) STRICT;
            CREATE UNIQUE INDEX audit_by_quarter ON audit (quarter_at, role, actor, verb) WHERE quarter_at IS NOT NULL;
            CREATE INDEX audit_by_age ON audit (last_at);
            INSERT INTO sequence (name, value) VALUES ('audit', 0);
            CREATE TRIGGER audit_gone AFTER DELETE ON audit BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'audit' AND value < OLD.id;
            END;
            """)
    ]
}
