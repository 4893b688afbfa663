internal import Storage

enum ParkedInputSchema {
    static let migrations = [
        // A number that was told is never given to another input: rows stay, without what they asked for.
        Migration(
            "parked inputs 1: what waits for a channel",
            """
            CREATE TABLE parked_input (
                id INTEGER PRIMARY KEY,
                channel TEXT NOT NULL,
                verb TEXT NOT NULL,
                request TEXT NOT NULL,
                actor TEXT NOT NULL,
                at INTEGER NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'rejected', 'done', 'discarded')),
                reason TEXT
            ) STRICT;
            CREATE INDEX parked_input_by_state ON parked_input (channel, state, id);
            """),
        Migration(
            "parked inputs 2: how often each was tried in vain",
            "ALTER TABLE parked_input ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;"),
        // As for consent.
        Migration(
            "parked inputs 3: quick checks",
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql,
                'CHECK (state IN (''waiting'', ''rejected'', ''done'', ''discarded''))',
                'CHECK (state = ''waiting'' OR state = ''rejected'' OR state = ''done'' OR state = ''discarded'')')
            WHERE type = 'table' AND name = 'parked_input';
            PRAGMA writable_schema = RESET;
            CREATE TABLE parked_input_checked (id INTEGER PRIMARY KEY) STRICT;
            DROP TABLE parked_input_checked;
            """),
    ]
}
