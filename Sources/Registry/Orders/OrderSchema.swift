internal import Storage

enum OrderSchema {
    static let migrations = [
        Migration(
            "orders 1: orders and lines",
            """
            CREATE TABLE customer_order (
                id INTEGER PRIMARY KEY,
                rev INTEGER NOT NULL DEFAULT 1 CHECK (rev > 0),
                channel TEXT NOT NULL,
                ext TEXT NOT NULL,
                customer_id INTEGER REFERENCES customer (id),
                match TEXT NOT NULL CHECK (match IN ('given', 'email', 'phone', 'external-id', 'created', 'none')),
                kind TEXT NOT NULL CHECK (kind IN ('order', 'return')),
                state TEXT NOT NULL
                    CHECK (state IN ('open', 'confirmed', 'completed', 'cancelled', 'refunded', 'expired')),
                channel_state TEXT,
                placed_at INTEGER NOT NULL,
                recorded_at INTEGER NOT NULL,
                currency TEXT NOT NULL,
                subtotal_minor INTEGER NOT NULL,
                discount_minor INTEGER NOT NULL CHECK (discount_minor >= 0),
                tax_minor INTEGER NOT NULL,
                total_minor INTEGER NOT NULL,
                paid_minor INTEGER NOT NULL,
                refunded_minor INTEGER NOT NULL DEFAULT 0,
                coupon TEXT,
                buyer TEXT NOT NULL,
                details TEXT NOT NULL,
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                content_digest BLOB NOT NULL,
                registered_seq INTEGER NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX customer_order_by_ext ON customer_order (ext, channel);
            CREATE INDEX customer_order_by_customer ON customer_order (customer_id, placed_at, id)
                WHERE customer_id IS NOT NULL;
            CREATE INDEX customer_order_by_time ON customer_order (placed_at, id);

            CREATE TABLE order_line (
                order_id INTEGER NOT NULL REFERENCES customer_order (id),
                position INTEGER NOT NULL,
                sku TEXT,
                name TEXT,
                quantity_micros INTEGER NOT NULL,
                unit_price_micros INTEGER NOT NULL,
                tax_rate_millionths INTEGER,
                PRIMARY KEY (order_id, position)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX order_line_by_sku ON order_line (sku) WHERE sku IS NOT NULL;
            """),
        Migration(
            "orders 2: money given back",
            // Null where nobody told it apart from what the order came to less.
            "ALTER TABLE customer_order ADD COLUMN given_back_minor INTEGER"),
        // As for customers: SQLite builds a table of the values of IN for each new row.
        Migration(
            "orders 3: quick checks",
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(replace(sql,
                'CHECK (match IN (''given'', ''email'', ''phone'', ''external-id'', ''created'', ''none''))',
                'CHECK (match = ''none'' OR match = ''email'' OR match = ''given'' OR match = ''phone''
                    OR match = ''external-id'' OR match = ''created'')'),
                'CHECK (state IN (''open'', ''confirmed'', ''completed'', ''cancelled'', ''refunded'', ''expired''))',
                'CHECK (state = ''open'' OR state = ''confirmed'' OR state = ''completed'' OR state = ''cancelled''
                    OR state = ''refunded'' OR state = ''expired'')')
            WHERE type = 'table' AND name = 'customer_order';
            PRAGMA writable_schema = RESET;
            CREATE INDEX customer_order_checked ON customer_order (id) WHERE id < 0;
            DROP INDEX customer_order_checked;
            """),
    ]
}
