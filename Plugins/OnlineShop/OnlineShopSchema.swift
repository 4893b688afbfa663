import ChannelKit

/// The shop's own tables: what has become of its orders, and its products.
enum OnlineShopSchema {
    // Checks compare with each text: SQLite builds a table of the values of IN, where there are more than two, for each new
    // row. Older files have IN, which says the same: their tables would have to be copied.
    static let migrations = [
        ChannelMigration(
            "1: sales and products",
            """
            CREATE TABLE online_shop__sale (
                order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE,
                payment_mark TEXT,
                is_said_partial INTEGER NOT NULL CHECK (is_said_partial IN (0, 1)),
                total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
                paid_minor INTEGER NOT NULL CHECK (paid_minor >= 0),
                refunded_minor INTEGER NOT NULL CHECK (refunded_minor BETWEEN 0 AND paid_minor),
                written_off_minor INTEGER NOT NULL CHECK (written_off_minor BETWEEN 0 AND total_minor),
                shipping_minor INTEGER NOT NULL CHECK (shipping_minor >= 0),
                shipping_refunded_minor INTEGER NOT NULL CHECK (shipping_refunded_minor BETWEEN 0 AND shipping_minor)
            ) STRICT;

            CREATE TABLE online_shop__line (
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                line INTEGER NOT NULL CHECK (line > 0),
                ordered_micros INTEGER NOT NULL CHECK (ordered_micros >= 0),
                fulfilled_micros INTEGER NOT NULL CHECK (fulfilled_micros >= 0),
                returning_micros INTEGER NOT NULL CHECK (returning_micros >= 0),
                returned_micros INTEGER NOT NULL CHECK (returned_micros >= 0),
                refunded_micros INTEGER NOT NULL CHECK (refunded_micros BETWEEN 0 AND ordered_micros),
                cancelled_micros INTEGER NOT NULL CHECK (cancelled_micros >= 0),
                PRIMARY KEY (order_id, line),
                CHECK (fulfilled_micros + cancelled_micros <= ordered_micros),
                CHECK (returned_micros + returning_micros <= fulfilled_micros)
            ) STRICT;

            CREATE TABLE online_shop__shipment (
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                number INTEGER NOT NULL CHECK (number > 0),
                carrier TEXT,
                tracking TEXT,
                shipped_at INTEGER NOT NULL,
                delivered_at INTEGER,
                PRIMARY KEY (order_id, number)
            ) STRICT;
            CREATE INDEX online_shop__shipment_under_way ON online_shop__shipment (order_id, number)
                WHERE delivered_at IS NULL;

            CREATE TABLE online_shop__return (
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                number INTEGER NOT NULL CHECK (number > 0),
                reason TEXT,
                requested_at INTEGER NOT NULL,
                received_at INTEGER,
                PRIMARY KEY (order_id, number)
            ) STRICT;

            CREATE TABLE online_shop__payment (
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                number INTEGER NOT NULL CHECK (number > 0),
                amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
                method TEXT,
                reference TEXT,
                paid_at INTEGER NOT NULL,
                is_void INTEGER NOT NULL CHECK (is_void IN (0, 1)),
                PRIMARY KEY (order_id, number),
                UNIQUE (order_id, reference)
            ) STRICT;

            CREATE TABLE online_shop__refund (
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                number INTEGER NOT NULL CHECK (number > 0),
                amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
                method TEXT,
                reference TEXT,
                reason TEXT,
                refunded_at INTEGER NOT NULL,
                PRIMARY KEY (order_id, number),
                UNIQUE (order_id, reference)
            ) STRICT;

            CREATE TABLE online_shop__part (
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                kind TEXT NOT NULL CHECK (kind = 'shipment' OR kind = 'return' OR kind = 'refund'),
                number INTEGER NOT NULL,
                line INTEGER NOT NULL,
                quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0),
                PRIMARY KEY (order_id, kind, number, line)
            ) STRICT;

            CREATE TABLE online_shop__product (
                sku TEXT NOT NULL PRIMARY KEY,
                name TEXT NOT NULL,
                unit_price_micros INTEGER,
                currency TEXT,
                tax_rate_millionths INTEGER,
                is_archived INTEGER NOT NULL CHECK (is_archived IN (0, 1)),
                changed_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """),
        ChannelMigration(
            "2: what of a refund is for sending the goods",
            "ALTER TABLE online_shop__refund ADD COLUMN shipping_minor INTEGER NOT NULL DEFAULT 0"),
    ]

    static let tables = [
        ChannelTable(
            "online_shop__sale",
            plain: [
                "payment_mark", "is_said_partial", "total_minor", "paid_minor",
                "refunded_minor", "written_off_minor", "shipping_minor", "shipping_refunded_minor",
            ], order: "order_id"),
        ChannelTable(
            "online_shop__line",
            plain: [
                "line", "ordered_micros", "fulfilled_micros", "returning_micros", "returned_micros",
                "refunded_micros", "cancelled_micros",
            ], order: "order_id"),
        ChannelTable(
            "online_shop__shipment", plain: ["number", "shipped_at", "delivered_at"],
            personal: ["carrier", "tracking"], order: "order_id"),
        ChannelTable(
            "online_shop__return", plain: ["number", "requested_at", "received_at"], personal: ["reason"],
            order: "order_id"),
        ChannelTable(
            "online_shop__payment", plain: ["number", "amount_minor", "paid_at", "is_void"],
            personal: ["method", "reference"], order: "order_id"),
        ChannelTable(
            "online_shop__refund", plain: ["number", "amount_minor", "refunded_at", "shipping_minor"],
            personal: ["method", "reference"], staff: ["reason"], order: "order_id"),
        ChannelTable("online_shop__part", plain: ["kind", "number", "line", "quantity_micros"], order: "order_id"),
        ChannelTable(
            "online_shop__product",
            plain: [
                "sku", "name", "unit_price_micros", "currency", "tax_rate_millionths", "is_archived", "changed_at",
            ]),
    ]
}
