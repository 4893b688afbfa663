internal import Storage

enum CustomerSchema {
    static let migrations = [
        Migration(
            "customers 1: registry",
            """
            CREATE TABLE sequence (
                name TEXT PRIMARY KEY,
                value INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            INSERT INTO sequence (name, value) VALUES ('customer', 0);

            CREATE TABLE customer (
                id INTEGER PRIMARY KEY,
                number INTEGER NOT NULL,
                rev INTEGER NOT NULL CHECK (rev > 0),
                name TEXT,
                first_name TEXT,
                last_name TEXT,
                name_key TEXT NOT NULL,
                email TEXT,
                email_key TEXT,
                email_seat INTEGER NOT NULL DEFAULT 0,
                phone TEXT,
                phone_key TEXT,
                country TEXT,
                language TEXT,
                company TEXT,
                vat_id TEXT,
                tax_exempt INTEGER NOT NULL DEFAULT 0 CHECK (tax_exempt IN (0, 1)),
                birthday TEXT,
                custom TEXT NOT NULL DEFAULT '{}',
                status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled', 'denied', 'erased')),
                deny_reason TEXT,
                account TEXT NOT NULL CHECK (account IN ('none', 'invited', 'unconfirmed', 'active')),
                source TEXT NOT NULL,
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                joined_at INTEGER NOT NULL,
                order_count INTEGER NOT NULL DEFAULT 0 CHECK (order_count >= 0),
                last_order_at INTEGER NOT NULL DEFAULT 0,
                CHECK ((email IS NULL) = (email_key IS NULL))
            ) STRICT;
            CREATE UNIQUE INDEX customer_by_number ON customer (number);
            CREATE UNIQUE INDEX customer_by_email ON customer (email_key, email_seat);
            CREATE INDEX customer_by_phone ON customer (phone_key) WHERE phone_key IS NOT NULL;
            CREATE INDEX customer_by_name ON customer (name_key, id);
            CREATE INDEX customer_by_joined ON customer (joined_at, id);
            CREATE INDEX customer_by_orders ON customer (order_count, id);
            CREATE INDEX customer_by_last_order ON customer (last_order_at, id);
            CREATE INDEX customer_by_status ON customer (status) WHERE status <> 'active';

            CREATE TABLE customer_total (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                currency TEXT NOT NULL,
                net_minor INTEGER NOT NULL,
                PRIMARY KEY (customer_id, currency)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_total_by_net ON customer_total (currency, net_minor, customer_id);

            CREATE TABLE customer_channel (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                channel TEXT NOT NULL,
                PRIMARY KEY (customer_id, channel)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_channel_by_channel ON customer_channel (channel, customer_id);

            CREATE TABLE customer_ext (
                channel TEXT NOT NULL,
                ext TEXT NOT NULL,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                PRIMARY KEY (ext, channel)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_ext_by_customer ON customer_ext (customer_id);
            """),
        Migration(
            "customers 2: merged and test customers, public reasons, verified addresses",
            """
            ALTER TABLE customer ADD COLUMN merged_into INTEGER REFERENCES customer (id);
            ALTER TABLE customer ADD COLUMN public_reason TEXT;
            ALTER TABLE customer ADD COLUMN email_verified_at INTEGER;
            CREATE INDEX customer_by_survivor ON customer (merged_into) WHERE merged_into IS NOT NULL;
            CREATE INDEX customer_of_tests ON customer (id) WHERE is_test = 1;
            """),
        // SQLite builds a table of the values of IN, where there are more than two, for each new row: two thirds of what
        // the row cost. Only the text of the constraints changes, and they say the same:
        // https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes
        Migration(
            "customers 3: quick checks, numbers that are ids",
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(replace(sql,
                'CHECK (status IN (''active'', ''disabled'', ''denied'', ''erased''))',
                'CHECK (status = ''active'' OR status = ''disabled'' OR status = ''denied'' OR status = ''erased'')'),
                'CHECK (account IN (''none'', ''invited'', ''unconfirmed'', ''active''))',
                'CHECK (account = ''none'' OR account = ''invited'' OR account = ''unconfirmed'' OR account = ''active'')')
            WHERE type = 'table' AND name = 'customer';
            PRAGMA writable_schema = RESET;
            DROP INDEX customer_by_number;
            CREATE UNIQUE INDEX customer_by_number ON customer (number) WHERE number <> id;
            """),
    ]
}
