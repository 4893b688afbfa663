import Registry
import Storage

/// What hangs on one customer, a text for each row, without what a merge may leave its trace in: revisions, tokens, the
/// buyers of orders, evidence and the timeline.
struct CustomerRows: Equatable, Sendable {
    let rows: [String]

    init(of customer: CustomerID, in book: Book) throws {
        let id = Value.integer(customer.rawValue)
        rows = try book.read { transaction in
            try Self.queries.flatMap { try transaction.all($0, id) { $0.text(0) } }
        }
    }

    /// The rows that only one of two has.
    func difference(from other: CustomerRows) -> [String] {
        let (own, others) = (Set(rows), Set(other.rows))
        return rows.filter { !others.contains($0) }.map { "merged: \($0)" }
            + other.rows.filter { !own.contains($0) }.map { "apart: \($0)" }
    }

    private static let queries: [StaticString] = [
        """
        SELECT 'customer ' || json_array(id, name, first_name, last_name, name_key, email, email_key, phone, phone_key,
            country, language, company, vat_id, tax_exempt, birthday, custom, status, account, source, is_test,
            joined_at, order_count, last_order_at, merged_into)
        FROM customer WHERE id = ?
        """,
        "SELECT 'total ' || json_array(currency, net_minor) FROM customer_total WHERE customer_id = ? AND net_minor <> 0",
        "SELECT 'channel ' || channel FROM customer_channel WHERE customer_id = ?",
        "SELECT 'ext ' || json_array(channel, ext) FROM customer_ext WHERE customer_id = ?",
        """
        SELECT 'order ' || json_array(id, channel, ext, kind, state, total_minor, refunded_minor, discount_minor, coupon)
        FROM customer_order WHERE customer_id = ?
        """,
        "SELECT 'tag ' || name FROM customer_tag JOIN tag ON tag.id = tag_id WHERE customer_id = ?",
        "SELECT 'group ' || name FROM customer_group JOIN shop_group g ON g.id = group_id WHERE customer_id = ?",
        "SELECT 'note ' || json_array(id, author, text) FROM note WHERE customer_id = ?",
        "SELECT 'comment ' || json_array(id, author, version) FROM comment WHERE customer_id = ?",
        "SELECT 'mention ' || json_array(comment_id, version, start) FROM comment_mention WHERE customer_id = ?",
        "SELECT 'address ' || json_array(id, title, line1, is_shipping, is_billing) FROM address WHERE customer_id = ?",
        "SELECT 'coupon ' || json_array(code, used, spent_minor) FROM coupon WHERE customer_id = ?",
        """
        SELECT 'redemption ' || json_array(coupon_id, order_id, amount_minor, released_at) FROM coupon_redemption
        WHERE customer_id = ?
        """,
        "SELECT 'hold ' || json_array(id, coupon_id) FROM coupon_hold WHERE customer_id = ?",
        "SELECT 'thread ' || json_array(id, subject) FROM thread WHERE customer_id = ?",
        "SELECT 'message ' || json_array(id, thread_id, text) FROM message WHERE customer_id = ?",
        "SELECT 'mail ' || json_array(id, subject) FROM mail WHERE customer_id = ?",
    ]
}
