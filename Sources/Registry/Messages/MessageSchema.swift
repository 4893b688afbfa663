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
            """),
        Migration(
            "messages 2: conversations",
            """
            CREATE TABLE thread (
                id INTEGER PRIMARY KEY,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                subject TEXT NOT NULL,
                token TEXT NOT NULL UNIQUE,
                unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0),
                started_at INTEGER NOT NULL,
                last_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX thread_by_customer ON thread (customer_id, last_at, id);
            CREATE INDEX thread_by_time ON thread (last_at, id);
            CREATE INDEX thread_unread ON thread (last_at, id) WHERE unread > 0;

            CREATE TABLE message (
                id INTEGER PRIMARY KEY,
                thread_id INTEGER REFERENCES thread (id),
                customer_id INTEGER REFERENCES customer (id),
                is_incoming INTEGER NOT NULL CHECK (is_incoming IN (0, 1)),
                at INTEGER NOT NULL,
                author TEXT NOT NULL,
                sender TEXT,
                is_from_other INTEGER NOT NULL DEFAULT 0 CHECK (is_from_other IN (0, 1)),
                is_automatic INTEGER NOT NULL DEFAULT 0 CHECK (is_automatic IN (0, 1)),
                subject TEXT NOT NULL,
                text TEXT NOT NULL,
                full_text TEXT,
                attachments TEXT NOT NULL DEFAULT '[]',
                is_read INTEGER NOT NULL CHECK (is_read IN (0, 1)),
                message_id TEXT,
                mail_id INTEGER REFERENCES mail (id),
                CHECK ((thread_id IS NULL) = (customer_id IS NULL)),
                CHECK (thread_id IS NOT NULL OR is_incoming = 1),
                CHECK ((mail_id IS NULL) = is_incoming)
            ) STRICT;
            CREATE UNIQUE INDEX message_by_message_id ON message (message_id) WHERE message_id IS NOT NULL;
            CREATE INDEX message_by_thread ON message (thread_id, id);
            CREATE INDEX message_by_customer ON message (customer_id, id);
            CREATE INDEX message_by_mail ON message (mail_id) WHERE mail_id IS NOT NULL;
            """),
        Migration(
            "messages 3: mailings",
            """
            CREATE TABLE mailing (
                id INTEGER PRIMARY KEY,
                subject TEXT NOT NULL,
                text TEXT NOT NULL,
                author TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('queuing', 'queued', 'cancelled')),
                request_key TEXT UNIQUE,
                started_at INTEGER NOT NULL
            ) STRICT;
            ALTER TABLE mail ADD COLUMN mailing_id INTEGER REFERENCES mailing (id);
            CREATE INDEX mail_by_mailing ON mail (mailing_id, customer_id) WHERE mailing_id IS NOT NULL;
            CREATE INDEX mail_by_mailing_state ON mail (mailing_id, state) WHERE mailing_id IS NOT NULL;
            """),
        // A conversation's mails stay with it.
        Migration(
            "messages 4: mails are kept so long",
            """
            CREATE INDEX mail_over ON mail (changed_at)
                WHERE state IN ('sent', 'bounced', 'cancelled') AND kind <> 'message';
            CREATE TABLE mailing_swept (
                mailing_id INTEGER NOT NULL REFERENCES mailing (id),
                state TEXT NOT NULL,
                mails INTEGER NOT NULL CHECK (mails > 0),
                PRIMARY KEY (mailing_id, state)
            ) STRICT, WITHOUT ROWID;
            """),
    ]
}
