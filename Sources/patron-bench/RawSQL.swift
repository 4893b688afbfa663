/// The product's own statements for an order, word for word; a test looks each of them up in its source.
enum RawSQL: CaseIterable {
    case begin, savepoint, release, commit
    case findOrder, findByEmail, findByPhone, standing, emailSeats, raiseNumber, lastNumber
    case insertCustomer, insertCustomerTotal, insertEntry
    case indexedBlocks, setIndexedBlocks, blockCustomers, blockTags, runRows, removeRun, insertGram
    case coupon, lastSeq, insertOrder, insertLine, insertRedemption, countRedemption
    case addTotal, countOrder, knowsChannel, noteChannel, secret, consentState, setConsent, insertEvidence

    var text: StaticString {
        switch self {
        case .begin: "BEGIN IMMEDIATE"
        case .savepoint: "SAVEPOINT job"
        case .release: "RELEASE job"
        case .commit: "COMMIT"
        case .findOrder: "SELECT id, content_digest FROM customer_order WHERE ext = ? AND channel = ?"
        case .findByEmail: "SELECT coalesce(merged_into, id) FROM customer WHERE email_key = ? ORDER BY email_seat"
        case .findByPhone: "SELECT coalesce(merged_into, id) FROM customer WHERE phone_key = ? ORDER BY id LIMIT ?"
        case .standing:
            """
            SELECT status, is_test, order_count, coalesce(name, first_name, last_name) IS NULL,
                phone IS NULL, country IS NULL, language IS NULL, company IS NULL, vat_id IS NULL, id, merged_into
            FROM customer WHERE id = ?
            """
        case .emailSeats: "SELECT id, email_seat, name_key FROM customer WHERE email_key = ? ORDER BY email_seat"
        case .raiseNumber: "UPDATE sequence SET value = value + 1 WHERE name = 'customer'"
        case .lastNumber: "SELECT value FROM sequence WHERE name = 'customer'"
        case .insertCustomer:
            """
            INSERT INTO customer (id, number, rev, name, first_name, last_name, name_key, email, email_key, email_seat,
                phone, phone_key, country, language, company, vat_id, tax_exempt, birthday, custom, account, source,
                is_test, joined_at)
            VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .insertCustomerTotal: "INSERT INTO customer_total (customer_id, currency, net_minor) VALUES (?, ?, 0)"
        case .indexedBlocks: "SELECT blocks FROM search_progress WHERE id = 1"
        case .setIndexedBlocks: "UPDATE search_progress SET blocks = ? WHERE id = 1"
        case .blockCustomers:
            """
            SELECT id, name, first_name, last_name, company, email_key, phone, phone_key FROM customer
            WHERE id >= ? AND id < ? ORDER BY id
            """
        case .blockTags:
            """
            SELECT customer_tag.customer_id, tag.name FROM customer_tag JOIN tag ON tag.id = customer_tag.tag_id
            WHERE customer_tag.customer_id >= ? AND customer_tag.customer_id < ? ORDER BY customer_tag.customer_id
            """
        case .runRows: "SELECT id, grams FROM search_gram WHERE id >= ? AND id < ? ORDER BY id"
        case .removeRun: "DELETE FROM search_gram WHERE id >= ? AND id < ?"
        case .insertGram: "INSERT INTO search_gram (id, grams) VALUES (?, ?)"
        case .insertEntry:
            "INSERT INTO timeline (at, topic, actor, customer_id, order_id, data) VALUES (?, ?, ?, ?, ?, ?)"
        case .coupon:
            """
            SELECT id, code, percent_millionths, amount_minor, item_sku, currency, minimum_minor, starts_at, ends_at,
                use_limit, customer_limit, budget_minor, channels, customer_id, first_order, used, spent_minor, held,
                held_minor, archived_at, campaign, product_count, is_grouped
            FROM coupon WHERE code_key = ?
            """
        case .lastSeq: "SELECT max(seq) FROM timeline"
        case .insertOrder:
            """
            INSERT INTO customer_order (id, channel, ext, customer_id, match, kind, state, channel_state, placed_at,
                recorded_at, currency, subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor,
                refunded_minor, coupon, buyer, details, is_test, content_digest, registered_seq, given_back_minor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .insertLine:
            """
            INSERT INTO order_line (order_id, position, sku, name, quantity_micros, unit_price_micros,
                tax_rate_millionths)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """
        case .insertRedemption:
            """
            INSERT INTO coupon_redemption (coupon_id, customer_id, order_id, amount_minor, redeemed_at)
            VALUES (?, ?, ?, ?, ?)
            """
        case .countRedemption: "UPDATE coupon SET used = used + 1, spent_minor = spent_minor + ? WHERE id = ?"
        case .addTotal:
            """
            INSERT INTO customer_total (customer_id, currency, net_minor) VALUES (?, ?, ?)
            ON CONFLICT (customer_id, currency) DO UPDATE SET net_minor = net_minor + excluded.net_minor
            """
        case .countOrder:
            "UPDATE customer SET order_count = order_count + 1, last_order_at = max(last_order_at, ?) WHERE id = ?"
        case .knowsChannel: "SELECT 1 FROM customer_channel WHERE customer_id = ? AND channel = ?"
        case .noteChannel: "INSERT INTO customer_channel (customer_id, channel) VALUES (?, ?)"
        case .secret: "SELECT value FROM secret WHERE name = ?"
        case .consentState:
            "SELECT purpose, status, changed_at FROM consent WHERE customer_id = ? AND purpose = ?"
        case .setConsent:
            """
            INSERT INTO consent (customer_id, purpose, status, changed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id, purpose) DO UPDATE SET status = excluded.status, changed_at = excluded.changed_at
            WHERE status <> excluded.status
            """
        case .insertEvidence:
            """
            INSERT INTO consent_evidence (customer_id, purpose, status, wording, channel, actor, at, order_id, origin,
                said_at, source_ip, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        }
    }

    /// What the product says to a connection before its first transaction.
    static let pragmas: [StaticString] = [
        "PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF",
        "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL",
        "PRAGMA journal_size_limit = 16777216",
    ]
}
