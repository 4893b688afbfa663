internal import Storage

enum GroupSchema {
    static let migrations = [
        // Members are counted by triggers: whoever moves, merges or removes customers writes customer_group, and a
        // count over all members for each row of a list takes too long.
        Migration(
            "groups 1: groups of customers",
            """
            CREATE TABLE shop_group (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL CHECK (name_key <> ''),
                tax_exempt INTEGER NOT NULL CHECK (tax_exempt IN (0, 1)),
                customers INTEGER NOT NULL DEFAULT 0 CHECK (customers >= 0)
            ) STRICT;
            CREATE UNIQUE INDEX shop_group_by_name ON shop_group (name_key);
            CREATE TABLE customer_group (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                group_id INTEGER NOT NULL REFERENCES shop_group (id),
                PRIMARY KEY (customer_id, group_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_group_by_group ON customer_group (group_id, customer_id);
            CREATE TRIGGER customer_group_joined AFTER INSERT ON customer_group BEGIN
                UPDATE shop_group SET customers = customers + 1 WHERE id = NEW.group_id;
            END;
            CREATE TRIGGER customer_group_left AFTER DELETE ON customer_group BEGIN
                UPDATE shop_group SET customers = customers - 1 WHERE id = OLD.group_id;
            END;
            CREATE TRIGGER customer_group_changed AFTER UPDATE OF group_id ON customer_group BEGIN
                UPDATE shop_group SET customers = customers - 1 WHERE id = OLD.group_id;
                UPDATE shop_group SET customers = customers + 1 WHERE id = NEW.group_id;
            END;
            """)
    ]
}
