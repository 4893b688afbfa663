import ChannelKit

/// What a shop offers to book, on what and when, and the bookings themselves.
enum BookingSchema {
    /// The steps so far.
    ///
    /// What overlaps a time is looked up by `busy_from`, in a range as wide as the longest booking. So that one long
    /// booking does not widen it for all, bookings are parted by length: class n holds up to 4^n hours.
    static let migrations = [
        ChannelMigration(
            "1: services, resources and bookings",
            """
            CREATE TABLE booking__service (
                id INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE CHECK (key <> ''),
                name TEXT NOT NULL,
                duration_minutes INTEGER CHECK (duration_minutes > 0),
                before_minutes INTEGER NOT NULL DEFAULT 0 CHECK (before_minutes >= 0),
                after_minutes INTEGER NOT NULL DEFAULT 0 CHECK (after_minutes >= 0),
                step_minutes INTEGER CHECK (step_minutes > 0),
                seats INTEGER CHECK (seats > 0),
                price_micros INTEGER CHECK (price_micros >= 0),
                currency TEXT,
                price_per TEXT NOT NULL DEFAULT 'booking' CHECK (price_per IN ('booking', 'person')),
                tax_rate_millionths INTEGER CHECK (tax_rate_millionths >= 0),
                is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
                CHECK ((price_micros IS NULL) = (currency IS NULL))
            ) STRICT;
            CREATE TABLE booking__resource (
                id INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE CHECK (key <> ''),
                name TEXT NOT NULL,
                time_zone TEXT NOT NULL,
                capacity INTEGER NOT NULL DEFAULT 1 CHECK (capacity > 0),
                is_always_open INTEGER NOT NULL DEFAULT 1 CHECK (is_always_open IN (0, 1)),
                is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1))
            ) STRICT;
            CREATE TABLE booking__service_resource (
                service_id INTEGER NOT NULL REFERENCES booking__service (id),
                position INTEGER NOT NULL,
                resource_id INTEGER NOT NULL REFERENCES booking__resource (id),
                PRIMARY KEY (service_id, position),
                UNIQUE (service_id, resource_id)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE booking__hours (
                resource_id INTEGER NOT NULL REFERENCES booking__resource (id),
                day TEXT NOT NULL CHECK (
                    day IN ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')
                    OR day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
                spans TEXT NOT NULL,
                PRIMARY KEY (resource_id, day)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE booking__closure (
                id INTEGER PRIMARY KEY,
                resource_id INTEGER REFERENCES booking__resource (id),
                from_wall INTEGER NOT NULL,
                to_wall INTEGER NOT NULL CHECK (from_wall < to_wall),
                reason TEXT,
                closed_at INTEGER NOT NULL,
                reopened_at INTEGER
            ) STRICT;
            CREATE INDEX booking__closure_by_end ON booking__closure (to_wall) WHERE reopened_at IS NULL;
            CREATE TABLE booking__booking (
                order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE,
                service_id INTEGER REFERENCES booking__service (id),
                resource_id INTEGER REFERENCES booking__resource (id),
                start_at INTEGER NOT NULL,
                end_at INTEGER NOT NULL CHECK (start_at < end_at),
                time_zone TEXT NOT NULL,
                party_size INTEGER NOT NULL CHECK (party_size > 0),
                state TEXT NOT NULL,
                place TEXT,
                seats INTEGER CHECK (seats > 0),
                busy_from INTEGER NOT NULL CHECK (busy_from <= start_at),
                busy_to INTEGER NOT NULL CHECK (busy_to >= end_at),
                length_class INTEGER NOT NULL CHECK (length_class BETWEEN 0 AND 7),
                takes_place INTEGER NOT NULL CHECK (takes_place IN (0, 1)),
                CHECK (place IS NULL OR busy_to - busy_from <= 3600 << (2 * length_class))
            ) STRICT;
            CREATE INDEX booking__booking_by_place ON booking__booking (place, length_class, busy_from)
                WHERE takes_place = 1 AND place IS NOT NULL;
            CREATE INDEX booking__booking_by_start ON booking__booking (start_at, order_id);
            CREATE INDEX booking__booking_by_resource ON booking__booking (resource_id, start_at, order_id)
                WHERE resource_id IS NOT NULL;
            CREATE INDEX booking__booking_by_service ON booking__booking (service_id, start_at, order_id)
                WHERE service_id IS NOT NULL;
            """),
        ChannelMigration(
            "2: when requests expire",
            """
            ALTER TABLE booking__booking ADD COLUMN expires_at INTEGER;
            CREATE INDEX booking__booking_by_expiry ON booking__booking (expires_at) WHERE expires_at IS NOT NULL;
            """),
    ]

    static let tables = [
        ChannelTable(
            "booking__service",
            plain: [
                "id", "key", "name", "duration_minutes", "before_minutes", "after_minutes", "step_minutes", "seats",
                "price_micros", "currency", "price_per", "tax_rate_millionths", "is_active",
            ]),
        ChannelTable(
            "booking__resource",
            plain: ["id", "key", "name", "time_zone", "capacity", "is_always_open", "is_active"]),
        ChannelTable("booking__service_resource", plain: ["service_id", "position", "resource_id"]),
        ChannelTable("booking__hours", plain: ["resource_id", "day", "spans"]),
        ChannelTable(
            "booking__closure",
            plain: ["id", "resource_id", "from_wall", "to_wall", "reason", "closed_at", "reopened_at"]),
        ChannelTable(
            "booking__booking",
            plain: [
                "service_id", "resource_id", "start_at", "end_at", "time_zone", "party_size", "state", "place", "seats",
                "busy_from", "busy_to", "length_class", "takes_place", "expires_at",
            ], order: "order_id"),
    ]
}
