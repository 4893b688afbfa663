internal import Storage

enum NumberingSchema {
    static let migrations = [
        // One row says the highest id that was deleted; the address's is also the highest that was given out before.
        Migration(
            "numbering 1: the highest ids that are gone",
            """
            INSERT INTO sequence (name, value) VALUES
                ('order', 0), ('note', 0), ('comment', 0), ('inbox_entry', 0), ('thread', 0),
                ('message', 0), ('mail', 0), ('tag', 0), ('group', 0), ('segment', 0),
                ('coupon', 0), ('hold', 0);
            CREATE TRIGGER customer_order_gone AFTER DELETE ON customer_order BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'order' AND value < OLD.id;
            END;
            CREATE TRIGGER note_gone AFTER DELETE ON note BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'note' AND value < OLD.id;
            END;
            CREATE TRIGGER comment_gone AFTER DELETE ON comment BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'comment' AND value < OLD.id;
            END;
            CREATE TRIGGER inbox_entry_gone AFTER DELETE ON inbox_entry BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'inbox_entry' AND value < OLD.id;
            END;
            CREATE TRIGGER thread_gone AFTER DELETE ON thread BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'thread' AND value < OLD.id;
            END;
            CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'message' AND value < OLD.id;
            END;
            CREATE TRIGGER mail_gone AFTER DELETE ON mail BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'mail' AND value < OLD.id;
            END;
            CREATE TRIGGER address_gone AFTER DELETE ON address BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'address' AND value < OLD.id;
            END;
            CREATE TRIGGER tag_gone AFTER DELETE ON tag BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'tag' AND value < OLD.id;
            END;
            CREATE TRIGGER shop_group_gone AFTER DELETE ON shop_group BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'group' AND value < OLD.id;
            END;
            CREATE TRIGGER segment_gone AFTER DELETE ON segment BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'segment' AND value < OLD.id;
            END;
            CREATE TRIGGER coupon_gone AFTER DELETE ON coupon BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'coupon' AND value < OLD.id;
            END;
            CREATE TRIGGER coupon_hold_gone AFTER DELETE ON coupon_hold BEGIN
                UPDATE sequence SET value = OLD.id WHERE name = 'hold' AND value < OLD.id;
            END;
            """)
    ]
}
