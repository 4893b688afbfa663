internal import Storage

enum DeliverySchema {
    static let migrations = [
        Migration(
            "deliveries 1: how far channels have been told",
            """
            CREATE TABLE delivery (
                channel TEXT PRIMARY KEY,
                seq INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            """)
    ]
}
