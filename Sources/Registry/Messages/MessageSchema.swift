internal import Storage

enum MessageSchema {
    static let migrations = [
        Migration(
            "messages 1: outbox",
            """
            CREATE TABLE mail (
                id INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                purpose TEXT NOT NULL CHECK (purpose IN ('service', 'marketing')),
                customer_id INTEGER REFERENCES customer (id),
                recipient TEXT NOT NULL,
                recipient_key TEXT NOT NULL,
                subject TEXT NOT NULL,
                text TEXT NOT NULL,
                masked_text TEXT,
                is_masked INTEGER NOT NULL DEFAULT 0 CHECK (is_masked IN (0, 1)),
                message_id TEXT NOT NULL UNIQUE,
                thread_token TEXT,
                message_references TEXT NOT NULL DEFAULT '',
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                state TEXT NOT NULL CHECK (state IN
                    ('queued', 'sending', 'sent', 'failed', 'bounced', 'held', 'uncertain', 'cancelled')),
                attempts INTEGER NOT NULL DEFAULT 0,
                attempted_at INTEGER,
                next_attempt_at INTEGER,
                error TEXT,
                queued_at INTEGER NOT NULL,
                changed_at INTEGER NOT NULL,
                CHECK ((state = 'queued') = (next_attempt_at IS NOT NULL)),
                CHECK (purpose = 'service' OR customer_id IS NOT NULL)
            ) STRICT;
            CREATE INDEX mail_due ON mail (purpose, next_attempt_at, id) WHERE state = 'queued';
            CREATE INDEX mail_by_state ON mail (state, kind, id);
            CREATE INDEX mail_by_kind ON mail (kind, id);
            CREATE INDEX mail_by_customer ON mail (customer_id, id) WHERE customer_id IS NOT NULL;
            CREATE INDEX mail_by_attempt ON mail (attempted_at) WHERE attempted_at IS NOT NULL;
            """)
    ]
}
