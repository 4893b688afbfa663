import ChannelKit

/// What the channel keeps in a tenant's file.
enum EventsSchema {
    // Checks compare with each text: SQLite builds a table of the values of IN, where there are more than two, for each new
    // row. Older files have IN, which says the same: their tables would have to be copied.
    static let migrations = [
        ChannelMigration(
            "1: events, ticket types, tickets and waiting lists",
            """
            CREATE TABLE events__event (
                id INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE,
                title TEXT NOT NULL,
                place TEXT,
                starts_at INTEGER NOT NULL,
                ends_at INTEGER CHECK (ends_at >= starts_at),
                time_zone TEXT NOT NULL,
                sales_start_at INTEGER,
                sales_end_at INTEGER CHECK (sales_end_at > sales_start_at),
                state TEXT NOT NULL CHECK (state IN ('on-sale', 'closed', 'cancelled')),
                secret BLOB NOT NULL CHECK (length(secret) = 32)
            ) STRICT;
            CREATE INDEX events__event_by_start ON events__event (starts_at, id);

            CREATE TABLE events__ticket_type (
                id INTEGER PRIMARY KEY,
                event_id INTEGER NOT NULL REFERENCES events__event (id),
                key TEXT NOT NULL,
                name TEXT NOT NULL,
                price_minor INTEGER NOT NULL CHECK (price_minor >= 0),
                currency TEXT NOT NULL,
                tax_rate_millionths INTEGER CHECK (tax_rate_millionths BETWEEN 0 AND 1000000),
                quota INTEGER CHECK (quota >= 0),
                per_order INTEGER CHECK (per_order > 0),
                sales_start_at INTEGER,
                sales_end_at INTEGER CHECK (sales_end_at > sales_start_at),
                held INTEGER NOT NULL DEFAULT 0 CHECK (held >= 0),
                sold INTEGER NOT NULL DEFAULT 0 CHECK (sold >= 0),
                UNIQUE (event_id, key),
                CHECK (quota IS NULL OR held + sold <= quota)
            ) STRICT;

            CREATE TABLE events__purchase (
                order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE,
                event_id INTEGER NOT NULL REFERENCES events__event (id),
                hold_until_at INTEGER,
                renewed_as INTEGER
            ) STRICT;
            CREATE INDEX events__purchase_by_hold ON events__purchase (event_id, hold_until_at)
                WHERE hold_until_at IS NOT NULL;

            CREATE TABLE events__ticket (
                id INTEGER PRIMARY KEY,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                position INTEGER NOT NULL CHECK (position > 0),
                event_id INTEGER NOT NULL REFERENCES events__event (id),
                type_id INTEGER NOT NULL REFERENCES events__ticket_type (id),
                state TEXT NOT NULL
                    CHECK (state = 'held' OR state = 'valid' OR state = 'checked-in'
                        OR state = 'cancelled' OR state = 'expired'),
                is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)),
                issue INTEGER NOT NULL DEFAULT 1 CHECK (issue > 0),
                price_minor INTEGER NOT NULL,
                refunded_minor INTEGER NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
                seat TEXT,
                attendee_name TEXT,
                attendee_email TEXT,
                attendee_folded TEXT,
                checked_in_at INTEGER,
                checked_in_where TEXT,
                checked_in_by TEXT,
                UNIQUE (order_id, position),
                CHECK ((state = 'checked-in') = (checked_in_at IS NOT NULL))
            ) STRICT;
            CREATE INDEX events__ticket_by_event ON events__ticket (event_id, id);
            CREATE INDEX events__ticket_by_open_order ON events__ticket (event_id, order_id)
                WHERE state IN ('held', 'valid');

            CREATE TABLE events__waiting (
                id INTEGER PRIMARY KEY,
                event_id INTEGER NOT NULL REFERENCES events__event (id),
                type_id INTEGER NOT NULL REFERENCES events__ticket_type (id),
                customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
                count INTEGER NOT NULL CHECK (count > 0),
                joined_at INTEGER NOT NULL,
                state TEXT NOT NULL
                    CHECK (state = 'waiting' OR state = 'offered' OR state = 'taken'
                        OR state = 'expired' OR state = 'left'),
                order_id INTEGER REFERENCES customer_order (id) ON DELETE CASCADE
            ) STRICT;
            CREATE UNIQUE INDEX events__waiting_once ON events__waiting (type_id, customer_id)
                WHERE state = 'waiting';
            CREATE INDEX events__waiting_by_turn ON events__waiting (type_id, id) WHERE state = 'waiting';
            CREATE INDEX events__waiting_by_event ON events__waiting (event_id, id);
            CREATE INDEX events__waiting_by_customer ON events__waiting (customer_id);
            CREATE INDEX events__waiting_by_order ON events__waiting (order_id) WHERE order_id IS NOT NULL;
            """),
        ChannelMigration(
            "2: seats are given out once, events are moved",
            """
            ALTER TABLE events__ticket ADD COLUMN seat_key TEXT;
            UPDATE events__ticket SET seat_key = lower(trim(seat)) WHERE id IN (
                SELECT min(id) FROM events__ticket
                WHERE trim(seat) != '' AND is_test = 0 AND state IN ('held', 'valid', 'checked-in')
                GROUP BY event_id, lower(trim(seat)));
            CREATE UNIQUE INDEX events__ticket_seat_once ON events__ticket (event_id, seat_key)
                WHERE seat_key IS NOT NULL AND is_test = 0
                    AND (state = 'held' OR state = 'valid' OR state = 'checked-in');

            CREATE TABLE events__move (
                event_id INTEGER PRIMARY KEY REFERENCES events__event (id),
                from_at INTEGER NOT NULL,
                from_place TEXT,
                is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)),
                last_order INTEGER NOT NULL,
                done_order INTEGER NOT NULL
            ) STRICT;
            """),
    ]

    static let tables = [
        ChannelTable(
            "events__event",
            plain: [
                "id", "key", "title", "place", "starts_at", "ends_at", "time_zone", "sales_start_at", "sales_end_at",
                "state", "secret",
            ]),
        ChannelTable(
            "events__ticket_type",
            plain: [
                "id", "event_id", "key", "name", "price_minor", "currency", "tax_rate_millionths", "quota", "per_order",
                "sales_start_at", "sales_end_at", "held", "sold",
            ]),
        ChannelTable("events__purchase", plain: ["event_id", "hold_until_at", "renewed_as"], order: "order_id"),
        ChannelTable(
            "events__ticket",
            plain: [
                "id", "position", "event_id", "type_id", "state", "is_test", "issue", "price_minor", "refunded_minor",
                "seat", "seat_key", "checked_in_at",
            ], personal: ["attendee_name", "attendee_email", "attendee_folded", "checked_in_where"],
            staff: ["checked_in_by"],
            order: "order_id"),
        ChannelTable(
            "events__move", plain: ["event_id", "from_at", "from_place", "is_told", "last_order", "done_order"]),
        ChannelTable(
            "events__waiting", plain: ["id", "event_id", "type_id", "count", "joined_at", "state"], order: "order_id",
            customer: "customer_id"),
    ]
}
