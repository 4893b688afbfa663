internal import Storage

enum AddressSchema {
    static let migrations = [
        Migration(
            "addresses 1: address books",
            """
            -- Ids are not used again: an order must not be sent to whatever took a removed address's place.
            INSERT INTO sequence (name, value) VALUES ('address', 0);
            CREATE TABLE address (
                id INTEGER PRIMARY KEY,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                rev INTEGER NOT NULL CHECK (rev > 0),
                title TEXT NOT NULL,
                title_key TEXT NOT NULL CHECK (title_key <> ''),
                name TEXT,
                company TEXT,
                line1 TEXT,
                line2 TEXT,
                postcode TEXT,
                city TEXT,
                region TEXT,
                country TEXT NOT NULL,
                phone TEXT,
                is_shipping INTEGER NOT NULL CHECK (is_shipping IN (0, 1)),
                is_billing INTEGER NOT NULL CHECK (is_billing IN (0, 1)),
                source TEXT NOT NULL,
                content_digest BLOB NOT NULL CHECK (length(content_digest) = 32)
            ) STRICT;
            CREATE UNIQUE INDEX address_by_content ON address (customer_id, content_digest);
            CREATE UNIQUE INDEX address_by_title ON address (customer_id, title_key);
            CREATE UNIQUE INDEX address_for_shipping ON address (customer_id) WHERE is_shipping = 1;
            CREATE UNIQUE INDEX address_for_billing ON address (customer_id) WHERE is_billing = 1;
            """)
    ]
}
