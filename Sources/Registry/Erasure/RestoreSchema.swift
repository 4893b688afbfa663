internal import Storage

enum RestoreSchema {
    static let migrations = [
        // Counted by the file itself, so that no change of what a restore must not undo goes unnoticed.
        Migration(
            "restore 1: version of the ledger",
            """
            INSERT INTO sequence (name, value) VALUES ('ledger', 0);
            UPDATE sequence SET value = 1 WHERE name = 'ledger' AND (EXISTS (SELECT 1 FROM suppression)
                OR EXISTS (SELECT 1 FROM customer WHERE status = 'erased' AND status <> 'active')
                OR EXISTS (SELECT 1 FROM consent WHERE status IN ('unsubscribed', 'bounced'))
                OR EXISTS (SELECT 1 FROM token WHERE revoked_at IS NOT NULL));
            CREATE TRIGGER ledger_suppressed AFTER INSERT ON suppression BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_suppressed_again AFTER UPDATE ON suppression BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_lifted AFTER DELETE ON suppression BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_objected AFTER INSERT ON consent WHEN NEW.status IN ('unsubscribed', 'bounced') BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_changed_mind AFTER UPDATE ON consent
            WHEN NEW.status IN ('unsubscribed', 'bounced') OR OLD.status IN ('unsubscribed', 'bounced') BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_erased AFTER UPDATE OF status ON customer
            WHEN NEW.status = 'erased' AND OLD.status <> 'erased' BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_revoked AFTER UPDATE OF revoked_at ON token
            WHEN NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
            END;
            """)
    ]
}
