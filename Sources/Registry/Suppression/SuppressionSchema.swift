internal import Storage

enum SuppressionSchema {
    static let migrations = [
        Migration(
            "suppression 1: who objected, as keyed hashes",
            """
            CREATE TABLE secret (
                name TEXT PRIMARY KEY,
                value BLOB NOT NULL CHECK (length(value) = 32)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE suppression (
                hash BLOB NOT NULL CHECK (length(hash) = 32),
                purpose TEXT NOT NULL CHECK (purpose IN ('newsletter', 'sms', 'phone', 'post')),
                reason TEXT NOT NULL CHECK (reason IN ('unsubscribed', 'bounced', 'erased')),
                at INTEGER NOT NULL,
                PRIMARY KEY (hash, purpose)
            ) STRICT, WITHOUT ROWID;
            """),
        // As for consent.
        Migration(
            "suppression 2: quick checks",
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(replace(sql,
                'CHECK (purpose IN (''newsletter'', ''sms'', ''phone'', ''post''))',
                'CHECK (purpose = ''newsletter'' OR purpose = ''sms'' OR purpose = ''phone'' OR purpose = ''post'')'),
                'CHECK (reason IN (''unsubscribed'', ''bounced'', ''erased''))',
                'CHECK (reason = ''unsubscribed'' OR reason = ''bounced'' OR reason = ''erased'')')
            WHERE type = 'table' AND name = 'suppression';
            PRAGMA writable_schema = RESET;
            CREATE TABLE suppression_checked (id INTEGER PRIMARY KEY) STRICT;
            DROP TABLE suppression_checked;
            """),
    ]
}
