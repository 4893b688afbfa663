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
            """),
        // Every version has one row, until the ledger has it: ids and hashes, and nothing by which anybody is known.
        Migration(
            "restore 2: what the ledger does not have yet",
            """
            CREATE TABLE ledger_news (
                version INTEGER PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind = 'key' OR kind = 'suppression' OR kind = 'consent' OR kind = 'erased'
                    OR kind = 'token' OR kind = 'standing' OR kind = 'contact'),
                id INTEGER NOT NULL,
                hash BLOB NOT NULL,
                word TEXT NOT NULL
            ) STRICT;
            INSERT INTO secret (name, value) SELECT 'suppression', randomblob(32)
                WHERE NOT EXISTS (SELECT 1 FROM secret WHERE name = 'suppression')
                    AND (EXISTS (SELECT 1 FROM denied_contact)
                        OR EXISTS (SELECT 1 FROM customer WHERE status = 'denied' AND status <> 'active'));
            UPDATE sequence SET value = value + 1 WHERE name = 'ledger' AND (EXISTS (SELECT 1 FROM denied_contact)
                OR EXISTS (SELECT 1 FROM denied_hash)
                OR EXISTS (SELECT 1 FROM customer WHERE status = 'denied' AND status <> 'active'));
            DROP TRIGGER ledger_suppressed;
            DROP TRIGGER ledger_suppressed_again;
            DROP TRIGGER ledger_lifted;
            DROP TRIGGER ledger_objected;
            DROP TRIGGER ledger_changed_mind;
            DROP TRIGGER ledger_erased;
            DROP TRIGGER ledger_revoked;
            CREATE TRIGGER ledger_keyed AFTER INSERT ON secret BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'key', 0, x'', NEW.name FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_suppressed AFTER INSERT ON suppression BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'suppression', 0, NEW.hash, NEW.purpose FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_suppressed_again AFTER UPDATE ON suppression BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'suppression', 0, NEW.hash, NEW.purpose FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_lifted AFTER DELETE ON suppression BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'suppression', 0, OLD.hash, OLD.purpose FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_objected AFTER INSERT ON consent WHEN NEW.status IN ('unsubscribed', 'bounced') BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'consent', NEW.customer_id, x'', NEW.purpose FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_changed_mind AFTER UPDATE ON consent
            WHEN NEW.status IN ('unsubscribed', 'bounced') OR OLD.status IN ('unsubscribed', 'bounced') BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'consent', NEW.customer_id, x'', NEW.purpose FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_erased AFTER UPDATE OF status ON customer
            WHEN NEW.status = 'erased' AND OLD.status <> 'erased' BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'erased', NEW.id, x'', '' FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_denied AFTER UPDATE OF status ON customer
            WHEN NEW.status <> OLD.status AND (NEW.status = 'denied' OR OLD.status = 'denied') BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'standing', NEW.id, x'', '' FROM sequence WHERE name = 'ledger';
            END;
            CREATE TRIGGER ledger_revoked AFTER UPDATE OF revoked_at ON token
            WHEN NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL BEGIN
                UPDATE sequence SET value = value + 1 WHERE name = 'ledger';
                INSERT INTO ledger_news (version, kind, id, hash, word)
                    SELECT value, 'token', 0, x'', NEW.selector FROM sequence WHERE name = 'ledger';
            END;
            """),
    ]
}
