/// Registers the planned orders with the product's statements and nothing else.
final class RawOrderWriter {
    private let connection: RawConnection
    private let begin, savepoint, release, commit: RawStatement
    private let findOrder, findByEmail, findByPhone, standing, coupon, lastSeq: RawStatement
    private let insertOrder, insertLine, insertEntry, insertRedemption, countRedemption: RawStatement
    private let addTotal, countOrder, knowsChannel, noteChannel, secret: RawStatement
    private let consentState, setConsent, insertEvidence: RawStatement
    private let customers: RawCustomerWriter
    private let known = RawPerson(
        email: OrderText.knownEmail, snapshot: OrderText.knownBuyer, match: NumberedText("email"))
    private let fresh = RawPerson(
        email: OrderText.newEmail, snapshot: OrderText.newBuyer, match: NumberedText("created"))
    private let words = RawWords()
    private var next = 0

    /// - Throws: ``BenchError/sqlite(code:message:)``.
    init(path: String) throws(BenchError) {
        let connection = try RawConnection(path: path)
        self.connection = connection
        begin = try RawStatement(.begin, on: connection)
        savepoint = try RawStatement(.savepoint, on: connection)
        release = try RawStatement(.release, on: connection)
        commit = try RawStatement(.commit, on: connection)
        findOrder = try RawStatement(.findOrder, on: connection)
        findByEmail = try RawStatement(.findByEmail, on: connection)
        findByPhone = try RawStatement(.findByPhone, on: connection)
        standing = try RawStatement(.standing, on: connection)
        coupon = try RawStatement(.coupon, on: connection)
        lastSeq = try RawStatement(.lastSeq, on: connection)
        insertOrder = try RawStatement(.insertOrder, on: connection)
        insertLine = try RawStatement(.insertLine, on: connection)
        insertEntry = try RawStatement(.insertEntry, on: connection)
        insertRedemption = try RawStatement(.insertRedemption, on: connection)
        countRedemption = try RawStatement(.countRedemption, on: connection)
        addTotal = try RawStatement(.addTotal, on: connection)
        countOrder = try RawStatement(.countOrder, on: connection)
        knowsChannel = try RawStatement(.knowsChannel, on: connection)
        noteChannel = try RawStatement(.noteChannel, on: connection)
        secret = try RawStatement(.secret, on: connection)
        consentState = try RawStatement(.consentState, on: connection)
        setConsent = try RawStatement(.setConsent, on: connection)
        insertEvidence = try RawStatement(.insertEvidence, on: connection)
        customers = try RawCustomerWriter(connection, insertEntry: insertEntry, secret: secret, words: words)
    }

    /// Registers the next orders in one commit.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - instant: When, as Unix time in seconds.
    /// - Throws: ``BenchError/sqlite(code:message:)``.
    func commit(_ count: Int, at instant: Int64) throws {
        try begin.run()
        for _ in 0..<count {
            try savepoint.run()
            try register(OrderPlan(number: next), at: instant)
            try release.run()
            next += 1
        }
        try commit.run()
    }

    private func register(_ plan: OrderPlan, at instant: Int64) throws {
        words.ext.fill(order: plan.number, person: plan.person)
        words.digest.fill(order: plan.number, person: plan.person)
        _ = try findOrder.text(words.ext).text(words.channel).first()
        let person = plan.isNew ? fresh : known
        person.email.fill(order: plan.number, person: plan.person)
        person.snapshot.fill(order: plan.number, person: plan.person)
        let customer = try customer(plan, person, at: instant)
        let coupon = try coupon.text(words.coupon).first() ?? 0
        let order = try insert(person, customer, at: instant)

        try insertEntry.integer(instant).text(words.orderRegistered).text(words.actor).integer(customer)
            .integer(order).text(words.orderData).run()
        try insertRedemption.integer(coupon).integer(customer).integer(order).integer(RawAmount.discount)
            .integer(instant).run()
        try countRedemption.integer(RawAmount.discount).integer(coupon).run()
        try insertEntry.integer(instant).text(words.couponRedeemed).text(words.actor).integer(customer)
            .integer(order).text(words.couponData).run()
        try addTotal.integer(customer).text(words.currency).integer(RawAmount.total).run()
        try countOrder.integer(instant).integer(customer).run()
        if try knowsChannel.integer(customer).text(words.channel).first() == nil {
            try noteChannel.integer(customer).text(words.channel).run()
        }
        if plan.hasConsent { try record(customer, order, at: instant) }
    }

    private func customer(_ plan: OrderPlan, _ person: RawPerson, at instant: Int64) throws -> Int64 {
        var found: Int64?
        try findByEmail.text(person.email).run { found = $0.column(0) }
        if let found {
            _ = try standing.integer(found).first()
            return found
        }
        customers.fill(plan)
        try findByPhone.text(customers.phoneKey).integer(20).run()
        return try customers.create(person, at: instant)
    }

    private func insert(_ person: RawPerson, _ customer: Int64, at instant: Int64) throws(BenchError) -> Int64 {
        let seq = (try lastSeq.first() ?? 0) + 1
        try insertOrder.null().text(words.channel).text(words.ext).integer(customer).text(person.match).text(words.kind)
            .text(words.state).text(words.channelState).integer(instant).integer(instant).text(words.currency)
            .integer(RawAmount.subtotal).integer(RawAmount.discount).integer(RawAmount.tax).integer(RawAmount.total)
            .integer(RawAmount.total).integer(0).text(words.coupon).text(person.snapshot).text(words.details).integer(0)
            .blob(words.digest).integer(seq).null().run()
        let order = connection.lastInsertedID
        try insertLine.integer(order).integer(1).text(words.mug).text(words.mugName).integer(2_000_000)
            .integer(7_500_000).integer(190_000).run()
        try insertLine.integer(order).integer(2).text(words.tea).text(words.teaName).integer(1_000_000)
            .integer(12_900_000).integer(70_000).run()
        return order
    }

    private func record(_ customer: Int64, _ order: Int64, at instant: Int64) throws(BenchError) {
        try consentState.integer(customer).text(words.purpose).run()
        try secret.text(words.suppression).run()
        try setConsent.integer(customer).text(words.purpose).text(words.subscribed).integer(instant).run()
        try insertEvidence.integer(customer).text(words.purpose).text(words.subscribed).text(words.wording)
            .text(words.channel).text(words.actor).integer(instant).integer(order).text(words.checkout).null().null()
            .null()
            .run()
        try insertEntry.integer(instant).text(words.consentSubscribed).text(words.actor).integer(customer)
            .integer(order).text(words.consentData).run()
    }
}
