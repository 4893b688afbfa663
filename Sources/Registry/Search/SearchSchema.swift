internal import Storage

enum SearchSchema {
    static let migrations = [
        Migration(
            "search 1: terms",
            """
            CREATE TABLE search_term (
                term TEXT NOT NULL,
                customer_id INTEGER NOT NULL REFERENCES customer (id),
                PRIMARY KEY (term, customer_id)
            ) STRICT, WITHOUT ROWID;
            """),
        // Every customer of an older file waits to be indexed.
        Migration(
            "search 2: grams",
            """
            DROP TABLE search_term;
            CREATE TABLE search_gram (
                run INTEGER NOT NULL,
                gram INTEGER NOT NULL,
                customers BLOB NOT NULL,
                PRIMARY KEY (run, gram)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE search_progress (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                blocks INTEGER NOT NULL CHECK (blocks >= 0)
            ) STRICT;
            INSERT INTO search_progress (id, blocks) VALUES (1, 0);

            DROP INDEX customer_by_name;
            CREATE INDEX customer_by_name ON customer (name_key, number);
            DROP INDEX customer_by_joined;
            CREATE INDEX customer_by_joined ON customer (joined_at, number);
            DROP INDEX customer_by_orders;
            CREATE INDEX customer_by_orders ON customer (order_count, number);
            DROP INDEX customer_by_last_order;
            CREATE INDEX customer_by_last_order ON customer (last_order_at, number);
            """),
        Migration(
            "search 3: changes of customers who are not indexed",
            "ALTER TABLE search_progress ADD COLUMN changes INTEGER NOT NULL DEFAULT 0"),
        // A new customer has no orders, and is entered into two indexes less.
        Migration(
            "search 4: who has orders, by them",
            """
            DROP INDEX customer_by_orders;
            CREATE INDEX customer_by_orders ON customer (order_count, number) WHERE order_count > 0;
            DROP INDEX customer_by_last_order;
            CREATE INDEX customer_by_last_order ON customer (last_order_at, number) WHERE last_order_at > 0;
            """),
        // Every customer of an older file waits to be indexed again.
        Migration(
            "search 5: neighbouring grams in one row",
            """
            DROP TABLE search_gram;
            CREATE TABLE search_gram (
                id INTEGER PRIMARY KEY,
                grams BLOB NOT NULL CHECK (length(grams) > 0)
            ) STRICT;
            UPDATE search_progress SET blocks = 0, changes = changes + 1;
            """),
    ]
}
