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
    ]
}
