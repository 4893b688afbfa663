extension CustomerPart {
    /// The words of a merged customer are taken out and put back with the record.
    static let searchTerms = CustomerPart(
        name: "search", columns: ["search_term.customer_id"], purge: ["DELETE FROM search_term WHERE customer_id = ?"])
}
