internal import Storage

enum TagSchema {
    static let migrations = [
        Migration(
            "tags 1: tags of customers",
            """
            CREATE TABLE tag (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                name_key TEXT NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX tag_by_name ON tag (name_key);
            CREATE TABLE customer_tag (
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                tag_id INTEGER NOT NULL REFERENCES tag (id),
                PRIMARY KEY (customer_id, tag_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX customer_tag_by_tag ON customer_tag (tag_id, customer_id);
            """),
        // Counted by triggers: whoever moves, merges or removes customers writes customer_tag, and a count over all
        // customers for each tag that fits what somebody types takes too long.
        Migration(
            "tags 2: how many customers carry a tag",
            """
            ALTER TABLE tag ADD COLUMN customers INTEGER NOT NULL DEFAULT 0 CHECK (customers >= 0);
            UPDATE tag SET customers = (SELECT count(*) FROM customer_tag WHERE tag_id = tag.id);
            CREATE TRIGGER customer_tag_put_on AFTER INSERT ON customer_tag BEGIN
                UPDATE tag SET customers = customers + 1 WHERE id = NEW.tag_id;
            END;
            CREATE TRIGGER customer_tag_taken_off AFTER DELETE ON customer_tag BEGIN
                UPDATE tag SET customers = customers - 1 WHERE id = OLD.tag_id;
            END;
            CREATE TRIGGER customer_tag_changed AFTER UPDATE OF tag_id ON customer_tag BEGIN
                UPDATE tag SET customers = customers - 1 WHERE id = OLD.tag_id;
                UPDATE tag SET customers = customers + 1 WHERE id = NEW.tag_id;
            END;
            """),
    ]
}
