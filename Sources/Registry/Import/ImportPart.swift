extension CustomerPart {
    /// What an import changed of a record stays with the record.
    static let imports = CustomerPart(
        name: "imports", columns: ["import_change.customer_id", "import_entry.customer_id"],
        purge: [
            "DELETE FROM import_change WHERE customer_id = ?", "DELETE FROM import_entry WHERE customer_id = ?",
        ])
}
