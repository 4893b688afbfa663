import Registry
import Storage

/// What the tables that hang on customers hold, a text for each row: all but revisions, evidence and the timeline.
struct BookDump: Equatable {
    let rows: [String]

    /// Without what people agreed to, which un-merging may lower.
    let rowsButConsent: [String]

    init(_ book: Book) throws {
        rowsButConsent = try book.read { transaction in
            let text = { (row: Row) in row.text(0) }
            var rows: [String] = []
            rows += try transaction.all(
                """
                SELECT 'customer ' || json_array(id, number, name, first_name, last_name, name_key, email, email_key,
                    email_seat, phone, phone_key, country, language, company, vat_id, tax_exempt, birthday, custom,
                    status, deny_reason, public_reason, account, source, is_test, joined_at, order_count,
                    last_order_at, merged_into, email_verified_at) FROM customer ORDER BY id
                """, element: text)
            rows += try transaction.all(
                """
                SELECT 'total ' || json_array(customer_id, currency, net_minor) FROM customer_total
                ORDER BY customer_id, currency
                """, element: text)
            rows += try transaction.all(
                "SELECT 'channel ' || json_array(customer_id, channel) FROM customer_channel ORDER BY 1", element: text)
            rows += try transaction.all(
                "SELECT 'ext ' || json_array(customer_id, channel, ext) FROM customer_ext ORDER BY 1", element: text)
            rows += try transaction.all(
                """
                SELECT 'order ' || json_array(id, rev, customer_id, match, state, total_minor, refunded_minor, buyer)
                FROM customer_order ORDER BY id
                """, element: text)
            rows += try transaction.all(
                "SELECT 'tag ' || json_array(customer_id, tag_id) FROM customer_tag ORDER BY 1", element: text)
            rows += try transaction.all(
                "SELECT 'note ' || json_array(id, customer_id, text) FROM note ORDER BY id", element: text)
            rows += try transaction.all(
                "SELECT 'coupon ' || json_array(id, customer_id, used, spent_minor) FROM coupon ORDER BY id",
                element: text)
            rows += try transaction.all(
                """
                SELECT 'redemption ' || json_array(id, customer_id, order_id, released_at) FROM coupon_redemption
                ORDER BY id
                """, element: text)
            rows += try transaction.all(
                "SELECT 'merge ' || json_array(from_id, into_id) FROM customer_merge ORDER BY from_id", element: text)
            rows += try transaction.all(
                "SELECT 'side ' || json_array(from_id, side) FROM customer_merge_side ORDER BY 1", element: text)
            rows += try transaction.all(
                "SELECT 'row ' || json_array(from_id, part, key) FROM customer_merge_row ORDER BY 1", element: text)
            return rows
        }
        rows =
            try rowsButConsent
            + book.read {
                try $0.all(
                    """
                    SELECT 'consent ' || json_array(customer_id, purpose, status, changed_at) FROM consent
                    ORDER BY customer_id, purpose
                    """
                ) { $0.text(0) }
            }
    }
}
