public import Storage

/// A transaction of one tenant as its channel may use it: the channel's own tables, and what the core does for it.
///
/// There is no way from here to the core's tables, to another tenant or to another channel's. Valid only inside the
/// closure that receives it; what is thrown there undoes everything.
public struct ChannelTransaction {
    let transaction: WriteTransaction
    let channel: any Channel
    public let occasion: Occasion
    /// Whose wrong guesses are counted; nil where nobody's are.
    private let guesser: String?

    package init(
        _ transaction: WriteTransaction, _ channel: any Channel, _ occasion: Occasion, guesser: String? = nil
    ) {
        self.transaction = transaction
        self.channel = channel
        self.occasion = occasion
        self.guesser = guesser
    }

    var id: String { channel.descriptor.id }

    /// What the core knows, as this transaction sees it.
    public var services: ChannelServices {
        ChannelServices(transaction.reading, channel: id, occasion)
    }

    /// Changes the channel's own tables and returns how many rows it changed.
    ///
    /// - Throws: `StorageError`, such as for a violated constraint.
    @discardableResult
    public func change(_ sql: StaticString, _ values: Value...) throws -> Int {
        try transaction.confined(to: TablePrefix(of: id)).change(sql, values)
    }

    /// Puts a row into one of the channel's own tables and returns its rowid.
    ///
    /// - Throws: `StorageError`.
    public func insert(_ sql: StaticString, _ values: Value...) throws -> Int64 {
        try transaction.confined(to: TablePrefix(of: id)).insert(sql, values)
    }

    /// Changes the channel's own tables by a statement that came from outside.
    ///
    /// - Throws: `StorageError`.
    package func change(text sql: String, _ values: [Value]) throws -> Int {
        try transaction.confined(to: TablePrefix(of: id)).change(text: sql, values)
    }

    /// Does something that may be refused; what it did is undone then, and nothing else.
    ///
    /// - Throws: What `body` throws.
    public func attempt<Result>(_ body: () throws -> Result) throws -> Result {
        try transaction.savepoint(body)
    }

    /// Lets the channel be woken at a time, or soon after; of several times asked for the earliest counts.
    ///
    /// A tenant that is not open is woken before its next request is answered, if not earlier.
    public func wake(at: Instant) throws {
        try ChannelWakeWriter(transaction).set(id, at: at)
    }

    /// Does something that looks a coupon up by a code from outside, as one part of a verb whose other parts stay.
    ///
    /// The same as ``attempt(_:)``; a code that there is not is counted, and nobody is let be wrong too often.
    ///
    /// - Throws: ``AttemptError/tooMany(retryAt:)``, or what `body` throws.
    public func guessing<Result>(_ body: () throws -> Result) throws -> Result {
        guard let guesser else { return try attempt(body) }
        try AttemptReader(transaction.reading, occasion).admit(.coupon, of: guesser)
        do {
            return try attempt(body)
        } catch let error as CouponError where error == .notFound {
            try AttemptWriter(transaction, occasion).count(.coupon, of: guesser)
            throw error
        }
    }

    /// The rowid that the last statement left.
    package var lastInsertedID: Int64 { transaction.lastInsertedID }

    /// The customer a buyer is, entered if need be as an order of theirs would; nil for nobody.
    ///
    /// - Throws: ``CustomerError/denied`` and what else an order is refused for.
    public func customer(for buyer: BuyerDescription) throws -> CustomerID? {
        var draft = OrderDraft(
            channel: id, ext: nil, buyer: .described(buyer), kind: .order, state: .open,
            currency: occasion.shop.currency, lines: [], declared: nil, details: .emptyObject)
        draft.placedAt = occasion.at
        return try BuyerRegistrar(transaction, occasion).customer(of: draft)
    }

    /// Puts an event of the channel's own into the timeline, called "<channel>.<event>".
    public func note(
        _ event: String, customer: CustomerID? = nil, order: OrderID? = nil,
        data: (inout JSONWriter) -> Void = { _ in }
    ) throws {
        try TimelineWriter(transaction: transaction, occasion: occasion).append(
            event, of: id, customer: customer, order: order, data: data)
    }

    /// Adds a staff comment to a customer; mentions in it work as anywhere.
    ///
    /// - Throws: What a comment is refused for.
    public func comment(on customer: CustomerID, _ text: String) throws {
        let products: ProductNames = { [channel, services] owner, sku in
            owner == channel.descriptor.id ? try channel.product(sku, services)?.name : nil
        }
        _ = try CommentWriter(transaction, occasion, products: products).add(text, to: customer)
    }

    /// Writes to a customer by e-mail, as a service mail of the channel.
    ///
    /// - Throws: What a message is refused for, such as a customer without an address.
    public func message(to customer: CustomerID, subject: String, text: String) throws {
        _ = try ThreadWriter(transaction, occasion).send(text, to: customer, subject: subject, in: nil)
    }

    /// Writes a service mail of the channel to somebody who need not be a customer, such as who comes with a ticket that
    /// somebody else bought; in the customer's conversations where it is one.
    ///
    /// - Throws: What a message is refused for.
    public func message(to email: EmailAddress, subject: String, text: String) throws {
        if let customer = try services.customer(email: email) {
            return try message(to: customer.id, subject: subject, text: text)
        }
        let mail = OutgoingMail(.message, to: email, of: nil, subject: subject, text: text)
        try OutboxWriter(transaction, occasion).queue(mail)
    }
}
