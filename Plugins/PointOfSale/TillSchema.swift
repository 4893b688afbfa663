import ChannelKit

/// The tables of the tills.
enum TillSchema {
    // Checks compare with each text: SQLite builds a table of the values of IN, where there are more than two, for each new
    // row. Older files have IN, which says the same: their tables would have to be copied.
    static let migrations = [
        ChannelMigration(
            "1: registers, receipts and days",
            """
            CREATE TABLE pos__register (
                id INTEGER PRIMARY KEY,
                key TEXT NOT NULL,
                name TEXT,
                location TEXT,
                is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
                prefix TEXT NOT NULL,
                first_number INTEGER NOT NULL CHECK (first_number > 0),
                next_number INTEGER NOT NULL CHECK (next_number >= first_number),
                closed_day TEXT,
                closings INTEGER NOT NULL DEFAULT 0,
                opening_minor INTEGER NOT NULL DEFAULT 0 CHECK (opening_minor >= 0)
            ) STRICT;
            CREATE UNIQUE INDEX pos__register_by_key ON pos__register (key);

            CREATE TABLE pos__receipt (
                order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE,
                register TEXT NOT NULL,
                receipt TEXT NOT NULL,
                twin INTEGER NOT NULL,
                number INTEGER,
                sold_day TEXT NOT NULL,
                business_day TEXT NOT NULL,
                is_late INTEGER NOT NULL CHECK (is_late IN (0, 1)),
                standing TEXT NOT NULL CHECK (standing = 'open' OR standing = 'counted' OR standing = 'voided'),
                is_return INTEGER NOT NULL CHECK (is_return IN (0, 1)),
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                currency TEXT NOT NULL,
                total_minor INTEGER NOT NULL,
                discount_minor INTEGER NOT NULL,
                tax_minor INTEGER NOT NULL,
                paid_minor INTEGER NOT NULL,
                original_id INTEGER,
                claim_code TEXT,
                closing INTEGER,
                CHECK (closing IS NULL OR standing <> 'open')
            ) STRICT;
            CREATE UNIQUE INDEX pos__receipt_by_number ON pos__receipt (register, receipt, twin);
            CREATE INDEX pos__receipt_unclosed ON pos__receipt (register, business_day)
                WHERE closing IS NULL AND is_test = 0;
            CREATE INDEX pos__receipt_by_original ON pos__receipt (original_id) WHERE original_id IS NOT NULL;

            CREATE TABLE pos__tender (
                id INTEGER PRIMARY KEY,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                kind TEXT NOT NULL,
                minor INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX pos__tender_by_order ON pos__tender (order_id);

            CREATE TABLE pos__tax (
                id INTEGER PRIMARY KEY,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                rate_millionths INTEGER NOT NULL,
                gross_minor INTEGER NOT NULL,
                tax_minor INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX pos__tax_by_order ON pos__tax (order_id);

            CREATE TABLE pos__returned (
                id INTEGER PRIMARY KEY,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                original_id INTEGER NOT NULL,
                position INTEGER NOT NULL,
                quantity_micros INTEGER NOT NULL CHECK (quantity_micros > 0)
            ) STRICT;
            CREATE INDEX pos__returned_by_original ON pos__returned (original_id);
            CREATE INDEX pos__returned_by_order ON pos__returned (order_id);

            CREATE TABLE pos__refund (
                id INTEGER PRIMARY KEY,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                register TEXT NOT NULL,
                business_day TEXT NOT NULL,
                currency TEXT NOT NULL,
                minor INTEGER NOT NULL,
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                closing INTEGER
            ) STRICT;
            CREATE INDEX pos__refund_by_order ON pos__refund (order_id);
            CREATE INDEX pos__refund_unclosed ON pos__refund (register, business_day)
                WHERE closing IS NULL AND is_test = 0;

            CREATE TABLE pos__closing (
                id INTEGER PRIMARY KEY,
                register TEXT NOT NULL,
                number INTEGER NOT NULL CHECK (number > 0),
                business_day TEXT NOT NULL,
                report TEXT NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX pos__closing_by_number ON pos__closing (register, number);
            CREATE UNIQUE INDEX pos__closing_by_day ON pos__closing (register, business_day);

            CREATE TABLE pos__card (
                id INTEGER PRIMARY KEY,
                customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
                card TEXT,
                is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
            ) STRICT;
            CREATE UNIQUE INDEX pos__card_by_card ON pos__card (card);
            CREATE INDEX pos__card_by_customer ON pos__card (customer_id);
            """),
        ChannelMigration(
            "2: by which tenders money goes back",
            """
            CREATE TABLE pos__refund_tender (
                id INTEGER PRIMARY KEY,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                refund_id INTEGER NOT NULL,
                kind TEXT NOT NULL,
                minor INTEGER NOT NULL CHECK (minor > 0)
            ) STRICT;
            CREATE INDEX pos__refund_tender_by_order ON pos__refund_tender (order_id);
            CREATE INDEX pos__refund_tender_by_refund ON pos__refund_tender (refund_id);
            """),
        ChannelMigration(
            "3: on which day money came in",
            """
            ALTER TABLE pos__tender ADD COLUMN business_day TEXT NOT NULL DEFAULT '';
            ALTER TABLE pos__tender ADD COLUMN closing INTEGER;
            UPDATE pos__tender SET minor = 0
            WHERE order_id IN (SELECT order_id FROM pos__receipt WHERE standing = 'voided');
            UPDATE pos__tender SET
                business_day = (SELECT r.business_day FROM pos__receipt r WHERE r.order_id = pos__tender.order_id),
                closing = (SELECT r.closing FROM pos__receipt r WHERE r.order_id = pos__tender.order_id)
            WHERE order_id IN (SELECT order_id FROM pos__receipt);
            """),
    ]

    static let tables = [
        ChannelTable(
            "pos__register",
            plain: [
                "id", "key", "name", "location", "is_active", "prefix", "first_number", "next_number", "closed_day",
                "closings", "opening_minor",
            ]),
        ChannelTable(
            "pos__receipt",
            plain: [
                "register", "receipt", "twin", "number", "sold_day", "business_day", "is_late", "standing",
                "is_return", "is_test", "currency", "total_minor", "discount_minor", "tax_minor", "paid_minor",
                "original_id", "closing",
            ], staff: ["claim_code"], order: "order_id"),
        ChannelTable("pos__tender", plain: ["id", "kind", "minor", "business_day", "closing"], order: "order_id"),
        ChannelTable(
            "pos__tax", plain: ["id", "rate_millionths", "gross_minor", "tax_minor"], order: "order_id"),
        ChannelTable(
            "pos__returned", plain: ["id", "original_id", "position", "quantity_micros"], order: "order_id"),
        ChannelTable(
            "pos__refund",
            plain: ["id", "register", "business_day", "currency", "minor", "is_test", "closing"], order: "order_id"),
        ChannelTable("pos__refund_tender", plain: ["id", "refund_id", "kind", "minor"], order: "order_id"),
        ChannelTable("pos__closing", plain: ["id", "register", "number", "business_day", "report"]),
        ChannelTable("pos__card", plain: ["id", "is_active"], personal: ["card"], customer: "customer_id"),
    ]
}
