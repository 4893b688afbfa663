internal import Storage

extension IndexRebuilding {
    /// Makes the table of entries, and what keeps it up to date.
    func makeTable() throws {
        switch index {
        case .names:
            try transaction.define(
                """
                CREATE TABLE name_entry (
                    name_key TEXT NOT NULL,
                    number INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    PRIMARY KEY (name_key, number, id)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE name_moved (id INTEGER PRIMARY KEY) STRICT;
                CREATE TEMP TRIGGER name_entered AFTER INSERT ON main.customer BEGIN
                    INSERT INTO name_entry (name_key, number, id) VALUES (new.name_key, new.number, new.id);
                END;
                CREATE TEMP TRIGGER name_changed AFTER UPDATE OF name_key, number ON main.customer
                WHEN old.name_key <> new.name_key OR old.number <> new.number BEGIN
                    DELETE FROM name_entry WHERE name_key = old.name_key AND number = old.number AND id = old.id;
                    INSERT INTO name_entry (name_key, number, id) VALUES (new.name_key, new.number, new.id);
                    INSERT OR IGNORE INTO name_moved (id) VALUES (old.id);
                END;
                CREATE TEMP TRIGGER name_gone AFTER DELETE ON main.customer BEGIN
                    DELETE FROM name_entry WHERE name_key = old.name_key AND number = old.number AND id = old.id;
                    INSERT OR IGNORE INTO name_moved (id) VALUES (old.id);
                END
                """)
        case .phones:
            try transaction.define(
                """
                CREATE TABLE phone_entry (
                    phone_key TEXT NOT NULL,
                    id INTEGER NOT NULL,
                    PRIMARY KEY (phone_key, id)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE phone_moved (id INTEGER PRIMARY KEY) STRICT;
                CREATE TEMP TRIGGER phone_entered AFTER INSERT ON main.customer WHEN new.phone_key IS NOT NULL BEGIN
                    INSERT INTO phone_entry (phone_key, id) VALUES (new.phone_key, new.id);
                END;
                CREATE TEMP TRIGGER phone_changed AFTER UPDATE OF phone_key ON main.customer
                WHEN old.phone_key IS NOT new.phone_key BEGIN
                    DELETE FROM phone_entry WHERE phone_key = old.phone_key AND id = old.id;
                    INSERT INTO phone_entry (phone_key, id)
                        SELECT new.phone_key, new.id WHERE new.phone_key IS NOT NULL;
                    INSERT OR IGNORE INTO phone_moved (id) VALUES (old.id);
                END;
                CREATE TEMP TRIGGER phone_gone AFTER DELETE ON main.customer BEGIN
                    DELETE FROM phone_entry WHERE phone_key = old.phone_key AND id = old.id;
                    INSERT OR IGNORE INTO phone_moved (id) VALUES (old.id);
                END
                """)
        }
    }

    /// Makes the index of what has been entered, which is all, unless somebody has made it at once.
    public func finish() throws {
        guard try isUnderway() else { return }
        switch index {
        case .names:
            try transaction.define(
                """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET type = 'index', name = 'customer_by_name', tbl_name = 'customer',
                    sql = 'CREATE INDEX customer_by_name ON customer (name_key, number)'
                WHERE type = 'table' AND name = 'name_entry';
                PRAGMA writable_schema = RESET
                """)
        case .phones:
            try transaction.define(
                """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET type = 'index', name = 'customer_by_phone', tbl_name = 'customer',
                    sql = 'CREATE INDEX customer_by_phone ON customer (phone_key) WHERE phone_key IS NOT NULL'
                WHERE type = 'table' AND name = 'phone_entry';
                PRAGMA writable_schema = RESET
                """)
        }
        // Dropping a table tells the other connections that the schema is another one, too.
        try forget()
    }

    /// Removes what an unfinished making has left.
    func forget() throws {
        switch index {
        case .names:
            try transaction.define(
                """
                DROP TRIGGER IF EXISTS temp.name_entered;
                DROP TRIGGER IF EXISTS temp.name_changed;
                DROP TRIGGER IF EXISTS temp.name_gone;
                DROP TABLE IF EXISTS name_entry;
                DROP TABLE IF EXISTS name_moved
                """)
        case .phones:
            try transaction.define(
                """
                DROP TRIGGER IF EXISTS temp.phone_entered;
                DROP TRIGGER IF EXISTS temp.phone_changed;
                DROP TRIGGER IF EXISTS temp.phone_gone;
                DROP TABLE IF EXISTS phone_entry;
                DROP TABLE IF EXISTS phone_moved
                """)
        }
    }
}
