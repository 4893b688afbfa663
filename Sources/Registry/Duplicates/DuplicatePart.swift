extension CustomerPart {
    /// What staff have said of two customers; it is about the records and stays with them.
    static let distinctions = CustomerPart(
        name: "distinctions", columns: ["customer_distinct.a", "customer_distinct.b"],
        purge: ["DELETE FROM customer_distinct WHERE a = ?1 OR b = ?1"])
}
