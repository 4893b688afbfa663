extension CustomerPart {
    /// Passwords, sessions, codes and changes of address: whoever is merged away is signed out, and keeps the password
    /// in case the merge is taken back.
    static let accounts = CustomerPart(
        name: "accounts",
        columns: [
            "account_password.customer_id", "account_session.customer_id", "account_code.customer_id",
            "account_email_change.customer_id",
        ],
        merge: [
            MergeStatement("DELETE FROM account_session WHERE customer_id = ?", .from),
            MergeStatement("DELETE FROM account_code WHERE customer_id = ?", .from),
            MergeStatement("DELETE FROM account_email_change WHERE customer_id = ?", .from),
        ],
        purge: [
            "DELETE FROM account_password WHERE customer_id = ?", "DELETE FROM account_session WHERE customer_id = ?",
            "DELETE FROM account_code WHERE customer_id = ?", "DELETE FROM account_email_change WHERE customer_id = ?",
        ])
}
