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
            """)
    ]
}
