internal import Storage

enum AccountSchema {
    static let migrations = [
        Migration(
            "accounts 1: passwords, sessions, codes and changes of address",
            """
            CREATE TABLE account_password (
                customer_id INTEGER PRIMARY KEY REFERENCES customer (id),
                hash TEXT NOT NULL,
                changed_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE account_session (
                selector TEXT PRIMARY KEY,
                verifier_digest BLOB NOT NULL,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                began_at INTEGER NOT NULL,
                expires_at INTEGER NOT NULL CHECK (expires_at > began_at)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX account_session_by_customer ON account_session (customer_id);
            CREATE INDEX account_session_by_expiry ON account_session (expires_at);

            CREATE TABLE account_code (
                customer_id INTEGER PRIMARY KEY REFERENCES customer (id),
                digest BLOB NOT NULL UNIQUE,
                expires_at INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE account_email_change (
                customer_id INTEGER PRIMARY KEY REFERENCES customer (id),
                email TEXT NOT NULL,
                email_key TEXT NOT NULL,
                asked_at INTEGER NOT NULL
            ) STRICT;
            """)
    ]
}
