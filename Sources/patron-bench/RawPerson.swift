/// What an order says of its buyer.
struct RawPerson {
    let email: NumberedText
    /// What the order keeps, a JSON object.
    let snapshot: NumberedText
    /// How the order finds its customer.
    let match: NumberedText

    init(email: String, snapshot: String, match: NumberedText) {
        self.email = NumberedText(email)
        self.snapshot = NumberedText(snapshot)
        self.match = match
    }
}
