extension CustomerPart {
    /// Rights that links carry stay with whom they were given to: what they lead to is refused while merged away.
    static let tickets = CustomerPart(
        name: "tickets", columns: ["ticket.customer_id"], purge: ["DELETE FROM ticket WHERE customer_id = ?"])
}
