internal import Storage

enum ConsentSchema {
    static let migrations = [
        Migration(
            "consent 1: states and evidence",
            """
            CREATE TABLE consent (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                purpose TEXT NOT NULL CHECK (purpose IN ('newsletter', 'sms', 'phone', 'post')),
                status TEXT NOT NULL CHECK (status IN ('pending', 'subscribed', 'unsubscribed', 'bounced')),
                changed_at INTEGER NOT NULL,
                PRIMARY KEY (customer_id, purpose)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX consent_by_status ON consent (purpose, status, customer_id);

            CREATE TABLE consent_evidence (
                id INTEGER PRIMARY KEY,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                purpose TEXT NOT NULL,
                status TEXT NOT NULL,
                wording TEXT,
                channel TEXT,
                actor TEXT NOT NULL,
                at INTEGER NOT NULL,
                order_id INTEGER REFERENCES customer_order (id)
            ) STRICT;
            CREATE INDEX consent_evidence_by_customer ON consent_evidence (customer_id, id);
            """),
        Migration(
            "consent 2: how it was said, what was agreed to, and erased people",
            """
            CREATE TABLE consent_now (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                purpose TEXT NOT NULL CHECK (purpose IN ('newsletter', 'sms', 'phone', 'post')),
                status TEXT NOT NULL
                    CHECK (status IN ('pending', 'subscribed', 'unsubscribed', 'bounced', 'erased')),
                changed_at INTEGER NOT NULL,
                PRIMARY KEY (customer_id, purpose)
            ) STRICT, WITHOUT ROWID;
            INSERT INTO consent_now (customer_id, purpose, status, changed_at)
                SELECT customer_id, purpose, status, changed_at FROM consent;
            DROP TABLE consent;
            ALTER TABLE consent_now RENAME TO consent;
            CREATE INDEX consent_by_status ON consent (purpose, status, customer_id);

            ALTER TABLE consent_evidence ADD COLUMN origin TEXT;
            ALTER TABLE consent_evidence ADD COLUMN said_at INTEGER;
            ALTER TABLE consent_evidence ADD COLUMN source_ip TEXT;
            ALTER TABLE consent_evidence ADD COLUMN note TEXT;

            CREATE TABLE consent_wording (
                purpose TEXT NOT NULL,
                version TEXT NOT NULL,
                text TEXT NOT NULL,
                actor TEXT NOT NULL,
                at INTEGER NOT NULL,
                PRIMARY KEY (purpose, version)
            ) STRICT, WITHOUT ROWID;
            """),
        // As for customers: SQLite builds a table of the values of IN for each new row. The table that comes and goes tells
        // other connections that the schema has changed.
        Migration(
            "consent 3: quick checks",
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(replace(sql,
                'CHECK (purpose IN (''newsletter'', ''sms'', ''phone'', ''post''))',
                'CHECK (purpose = ''newsletter'' OR purpose = ''sms'' OR purpose = ''phone'' OR purpose = ''post'')'),
                'CHECK (status IN (''pending'', ''subscribed'', ''unsubscribed'', ''bounced'', ''erased''))',
                'CHECK (status = ''subscribed'' OR status = ''unsubscribed'' OR status = ''pending'' OR status = ''bounced''
                    OR status = ''erased'')')
            WHERE type = 'table' AND name = 'consent';
            PRAGMA writable_schema = RESET;
            CREATE TABLE consent_checked (id INTEGER PRIMARY KEY) STRICT;
            DROP TABLE consent_checked;
            """),
    ]
}
