/// A question to a crowded shop, for patrond and for SQLite.
struct SearchQuestion {
    let name: String
    /// The request, with a `#` for the word that changes.
    let request: String
    /// SQLite's query, with the word as its parameter.
    let sql: String
    /// How SQLite wants the word, with a `#` for it.
    let pattern: String
    /// The words to ask for in turn.
    let words: [String]

    private static let columns =
        "SELECT id, number, name, email, phone, country, order_count, joined_at, status, account, rev"

    /// All of them; `regular` is the customer with very many orders.
    static func all(regular: Int64) -> [SearchQuestion] {
        let prefixes = ["sch", "mül", "kar", "anna", "lind", "yil", "zim", "tho", "wal", "ferr"]
        let parts = ["ller7", "@ornek", "nn.mu", "hmidt4", "t-onl", "x1@", "ski12", "aya3", "rger.w", "e.yl"]
        let folded = [
            "muller", "isik", "schafer", "kilic", "weiss", "oztu", "yildiz", "soren kruger", "mueller", "sahin",
        ]
        let byName = "\(columns) FROM shop.customer WHERE id IN (SELECT rowid FROM name WHERE text MATCH ?"
        return [
            SearchQuestion(
                name: "name prefix", request: "customer.list search=#", sql: "\(byName) LIMIT 100)", pattern: "#*",
                words: prefixes),
            SearchQuestion(
                name: "e-mail substring", request: "customer.list search=#",
                // LIKE would look into the text, which the index does not keep; words in quotes are found as they stand.
                sql: """
                    \(columns) FROM shop.customer WHERE id IN (SELECT rowid FROM address WHERE text MATCH ? LIMIT 100)
                    """, pattern: "\"#\"", words: parts),
            SearchQuestion(
                name: "folded name", request: "customer.list search=\"#\"", sql: "\(byName) LIMIT 100)", pattern: "#*",
                words: folded),
            SearchQuestion(
                name: "found by nobody", request: "customer.list search=#", sql: "\(byName) LIMIT 100)", pattern: "#*",
                words: ["qqxz", "zzyyx", "mullerqq"]),
            SearchQuestion(
                name: "tag, first page", request: "customer.list tag=#",
                sql: """
                    \(columns) FROM shop.customer WHERE id IN (
                        SELECT customer_id FROM shop.customer_tag
                        WHERE tag_id = (SELECT id FROM shop.tag WHERE name = ?) ORDER BY customer_id LIMIT 100)
                    """, pattern: "#", words: [CrowdedShop.tag]),
            SearchQuestion(
                name: "tag by name", request: "customer.list sort=name tag=#",
                sql: """
                    \(columns) FROM shop.customer c WHERE EXISTS (
                        SELECT 1 FROM shop.customer_tag t WHERE t.customer_id = c.id
                            AND t.tag_id = (SELECT id FROM shop.tag WHERE name = ?))
                    ORDER BY name_key, number LIMIT 100
                    """, pattern: "#", words: [CrowdedShop.tag]),
            SearchQuestion(
                name: "all by name", request: "customer.list sort=name",
                sql: "\(columns) FROM shop.customer ORDER BY name_key, number LIMIT 100", pattern: "", words: [""]),
            SearchQuestion(
                name: "all by orders", request: "customer.list sort=-orders",
                sql: """
                    \(columns) FROM shop.customer WHERE order_count > 0
                    ORDER BY order_count DESC, number DESC LIMIT 100
                    """, pattern: "",
                words: [""]),
            SearchQuestion(
                name: "customer", request: "customer.show #", sql: "\(columns) FROM shop.customer WHERE id = ?",
                pattern: "#", words: ["\(regular)"]),
            SearchQuestion(
                name: "its orders", request: "order.list customer=#",
                sql: """
                    SELECT id, channel, ext, state, placed_at, total_minor FROM shop.customer_order
                    WHERE customer_id = ? ORDER BY placed_at DESC, id DESC LIMIT 100
                    """, pattern: "#", words: ["\(regular)"]),
            SearchQuestion(
                name: "its timeline", request: "timeline.list customer=#",
                sql: """
                    SELECT seq, at, topic, actor, data FROM shop.timeline
                    WHERE customer_id = ? ORDER BY seq DESC LIMIT 100
                    """, pattern: "#", words: ["\(regular)"]),
        ]
    }
}
