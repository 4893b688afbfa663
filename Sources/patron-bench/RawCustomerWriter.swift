/// Enters the customers of orders whose buyer nobody knows.
final class RawCustomerWriter {
    let phoneKey = NumberedText("+49171%%%%%%%%")
    private let connection: RawConnection
    private let emailSeats, nextNumber, insertCustomer, insertCustomerTotal, insertTerm: RawStatement
    private let insertEntry, secret: RawStatement
    private let words: RawWords
    private let name = NumberedText(OrderText.newName)
    private let nameKey = NumberedText("kim fresh%%%%%%%%")
    private let phone = NumberedText(OrderText.newPhone)
    /// The words such a customer is found by, but for the number.
    private let terms = [
        "kim", "fresh%%%%%%%%", "n%%%%%%%%@example.org", "n%%%%%%%%", "example", "org", "49171%%%%%%%%",
        "0171%%%%%%%%",
    ].map(NumberedText.init)

    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(
        _ connection: RawConnection, insertEntry: RawStatement, secret: RawStatement, words: RawWords
    ) throws(BenchError) {
        self.connection = connection
        self.insertEntry = insertEntry
        self.secret = secret
        self.words = words
        emailSeats = try RawStatement(.emailSeats, on: connection)
        nextNumber = try RawStatement(.nextNumber, on: connection)
        insertCustomer = try RawStatement(.insertCustomer, on: connection)
        insertCustomerTotal = try RawStatement(.insertCustomerTotal, on: connection)
        insertTerm = try RawStatement(.insertTerm, on: connection)
    }

    /// Writes the person of an order into all texts.
    func fill(_ plan: OrderPlan) {
        for text in [phoneKey, name, nameKey, phone] { text.fill(order: plan.number, person: plan.person) }
        for term in terms { term.fill(order: plan.number, person: plan.person) }
    }

    /// Enters the person written last.
    ///
    /// - Returns: The customer's id.
    func create(_ person: RawPerson, at instant: Int64) throws(BenchError) -> Int64 {
        try emailSeats.text(person.email).run()
        let number = try nextNumber.first() ?? 0
        try insertCustomer.integer(number).text(name).null().null().text(nameKey).text(person.email).text(person.email)
            .integer(0).text(phone).text(phoneKey).null().null().null().null().integer(0).null().text(words.custom)
            .text(words.account).text(words.channel).integer(0).integer(instant).run()
        let id = connection.lastInsertedID
        try insertCustomerTotal.integer(id).text(words.currency).run()
        for term in terms { try insertTerm.text(term).integer(id).run() }
        // The column's affinity makes text of it: https://sqlite.org/stricttables.html
        try insertTerm.integer(number).integer(id).run()
        try insertEntry.integer(instant).text(words.customerCreated).text(words.actor).integer(id).null()
            .text(words.customerData).run()
        try secret.text(words.suppression).run()
        return id
    }
}
