extension CustomerPart {
    /// What happened stays with whom it happened to; a survivor's timeline is read together with those merged into it.
    ///
    /// Entries are numbered without gaps, so that a purge takes out what they say but not the entries.
    static let timeline = CustomerPart(
        name: "timeline", columns: ["timeline.customer_id"],
        purge: ["UPDATE timeline SET customer_id = NULL, order_id = NULL, data = '{}' WHERE customer_id = ?"],
        erase: [
            """
            UPDATE timeline SET data = '{}'
            WHERE customer_id = ? AND topic NOT LIKE 'order.%' AND topic NOT LIKE 'consent.%'
            """
        ])
}
