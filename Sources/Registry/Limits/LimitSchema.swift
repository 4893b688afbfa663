internal import Storage

enum LimitSchema {
    static let migrations = [
        Migration(
            "limits 1: how many customers and orders are gone",
            """
            CREATE TABLE gone (name TEXT PRIMARY KEY, count INTEGER NOT NULL CHECK (count >= 0)) STRICT, WITHOUT ROWID;
            INSERT INTO gone (name, count)
                SELECT 'customers', max(value - (SELECT count(*) FROM customer), 0)
                FROM sequence WHERE name = 'customer';
            INSERT INTO gone (name, count)
                SELECT 'orders', max(coalesce((SELECT max(id) FROM customer_order), 0), value)
                    - (SELECT count(*) FROM customer_order)
                FROM sequence WHERE name = 'order';
            CREATE TRIGGER customer_gone AFTER DELETE ON customer BEGIN
                UPDATE gone SET count = count + 1 WHERE name = 'customers';
            END;
            CREATE TRIGGER customer_order_is_gone AFTER DELETE ON customer_order BEGIN
                UPDATE gone SET count = count + 1 WHERE name = 'orders';
            END;
            """)
    ]
}
