internal import Storage

enum ParticipantSchema {
    static let migrations = [
        Migration(
            "participants 1: who comes with an order of somebody else's",
            """
            CREATE TABLE order_participant (
                email_key TEXT NOT NULL,
                order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
                PRIMARY KEY (email_key, order_id)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX order_participant_by_order ON order_participant (order_id);
            INSERT OR IGNORE INTO order_participant (email_key, order_id)
            SELECT lower(trim(member.atom)), customer_order.id
            FROM customer_order, json_tree(
                CASE WHEN json_valid(customer_order.details) THEN customer_order.details ELSE '{}' END) AS member
            WHERE instr(customer_order.details, '"email"') > 0 AND member.key = 'email' AND member.type = 'text'
                AND trim(member.atom) != '';
            """)
    ]
}
