import Registry

/// Enters the customers of orders whose buyer nobody knows.
final class RawCustomerWriter {
    let phoneKey = NumberedText("+49171%%%%%%%%")
    private let connection: RawConnection
    private let emailSeats, raiseNumber, lastNumber, insertCustomer, insertCustomerTotal: RawStatement
    private let search: SearchIndexer<RawSearchStore>
    private let insertEntry, secret: RawStatement
    private let words: RawWords
    private let name = NumberedText(OrderText.newName)
    private let nameKey = NumberedText("kim fresh%%%%%%%%")
    private let phone = NumberedText(OrderText.newPhone)

    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(
        _ connection: RawConnection, insertEntry: RawStatement, secret: RawStatement, words: RawWords
    ) throws(BenchError) {
        self.connection = connection
        self.insertEntry = insertEntry
        self.secret = secret
        self.words = words
        emailSeats = try RawStatement(.emailSeats, on: connection)
        raiseNumber = try RawStatement(.raiseNumber, on: connection)
        lastNumber = try RawStatement(.lastNumber, on: connection)
        insertCustomer = try RawStatement(.insertCustomer, on: connection)
        insertCustomerTotal = try RawStatement(.insertCustomerTotal, on: connection)
        search = SearchIndexer(try RawSearchStore(connection))
    }

    /// Writes the person of an order into all texts.
    func fill(_ plan: OrderPlan) {
        for text in [phoneKey, name, nameKey, phone] { text.fill(order: plan.number, person: plan.person) }
    }

    /// Enters the person written last.
    ///
    /// - Returns: The customer's id.
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    func create(_ person: RawPerson, at instant: Int64) throws -> Int64 {
        try emailSeats.text(person.email).run()
        try raiseNumber.run()
        let number = try lastNumber.first() ?? 0
        try insertCustomer.integer(number).integer(number).text(name).null().null().text(nameKey).text(person.email)
            .text(person.email)
            .integer(0).text(phone).text(phoneKey).null().null().null().null().integer(0).null().text(words.custom)
            .text(words.account).text(words.channel).integer(0).integer(instant).run()
        let id = connection.lastInsertedID
        try insertCustomerTotal.integer(id).text(words.currency).run()
        _ = try search.enter(upTo: id, limit: 4)
        try insertEntry.integer(instant).text(words.customerCreated).text(words.actor).integer(id).null()
            .text(words.customerData).run()
        try secret.text(words.suppression).run()
        return id
    }
}
