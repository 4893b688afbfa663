public import Storage
internal import StrictJSON

/// Invites customers, lets them in and out, and keeps their passwords.
public struct AccountWriter {
    /// Seconds for which things are good: invitations a fortnight, links a quarter of an hour, sessions a month.
    static let invitationLifetime: Int64 = 14 * 86_400
    static let linkLifetime: Int64 = 900
    static let sessionLifetime: Int64 = 30 * 86_400

    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: AccountReader
    let timeline: TimelineWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = AccountReader(transaction.reading, occasion)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Invites a customer to an account, or once more; an earlier invitation is good no longer.
    ///
    /// - Throws: ``AccountError/noAddress``, ``AccountError/alreadyActive``, ``AccountError/notAllowed(_:)``,
    ///   ``CustomerError/notFound``.
    public func invite(_ id: CustomerID) throws {
        let customer = try CustomerReader(transaction.reading).customer(id)
        guard customer.status == .active else { throw AccountError.notAllowed(customer.status) }
        guard customer.account != .active else { throw AccountError.alreadyActive }
        guard let email = customer.fields.email else { throw AccountError.noAddress }
        let tickets = TicketWriter(transaction, occasion)
        try tickets.withdraw(.invitation, of: id)
        let secret = try tickets.issue(.invitation, to: id, lifetime: Self.invitationLifetime)
        if customer.account == .none { try set(.invited, of: id) }
        try send(.invitation(token: secret.text), to: email, of: customer)
        try timeline.append(.accountInvited, customer: id)
    }

    /// Takes in somebody who signs up; who is known already gets a link to sign in instead, and no second record.
    ///
    /// The caller learns nothing of which it was.
    ///
    /// - Throws: ``CustomerError``.
    public func signUp(_ fields: CustomerFields, source: String) throws {
        guard let email = fields.email else { throw CustomerError.incomplete(missing: ["email"]) }
        if try !CustomerReader(transaction.reading).customers(email: email).isEmpty {
            return try sendLink(to: email)
        }
        let customers = CustomerWriter(transaction, occasion)
        let id = try customers.create(
            customers.entered(fields, by: nil), source: source, account: .unconfirmed)
        guard try CustomerReader(transaction.reading).status(of: id) == .active else { return }
        let secret = try TicketWriter(transaction, occasion).issue(
            .signUp, to: id, lifetime: Self.invitationLifetime)
        try send(.signUp(token: secret.text), to: email, of: CustomerReader(transaction.reading).customer(id))
    }

    /// Opens the account that an invitation, a sign-up or a forgotten password leads to, and signs its customer in.
    ///
    /// `password` is nil where the shop signs in by link.
    ///
    /// - Throws: ``TicketError``, ``AccountError``.
    public func accept(_ secret: TokenSecret, password: PasswordHash?) throws -> TokenSecret {
        let ticket = try TicketReader(transaction.reading, occasion).peek(secret)
        let kinds: [TicketKind] = [.invitation, .signUp, .password]
        guard kinds.contains(ticket.kind) else { throw TicketError.unknown }
        guard password != nil || occasion.shop.policies.signIn != .password else {
            throw AccountError.passwordMissing
        }
        _ = try TicketWriter(transaction, occasion).redeem(secret, as: ticket.kind)
        if let password { try keep(password, of: ticket.customer) }
        return try enter(ticket.customer)
    }

    /// Signs in whoever holds a link.
    ///
    /// - Throws: ``TicketError``, ``AccountError/notAllowed(_:)``.
    public func redeem(_ secret: TokenSecret) throws -> TokenSecret {
        let ticket = try TicketWriter(transaction, occasion).redeem(secret, as: .signIn)
        try transaction.execute(
            "DELETE FROM account_code WHERE customer_id = ?", .integer(ticket.customer.rawValue))
        return try enter(ticket.customer)
    }

    /// Signs in whoever knows a short code; nil when there is no such code.
    ///
    /// - Throws: ``AccountError/notAllowed(_:)``.
    public func redeem(code text: String) throws -> TokenSecret? {
        guard let code = SignInCode(parsing: text) else { return nil }
        let customer = try transaction.returning(
            "DELETE FROM account_code WHERE digest = ? RETURNING customer_id, expires_at", .blob(code.digest)
        ) { $0.integer(1) > occasion.at.seconds ? CustomerID(rawValue: $0.integer(0)) : nil }
        guard let customer = customer.flatMap(\.self) else { return nil }
        // Code and link are the same right: with one of them used the other is gone.
        try TicketWriter(transaction, occasion).withdraw(.signIn, of: customer)
        return try enter(customer)
    }

    /// Keeps a password; every session ends.
    func keep(_ password: PasswordHash, of customer: CustomerID) throws {
        try transaction.execute(
            """
            INSERT INTO account_password (customer_id, hash, changed_at) VALUES (?, ?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at
            """, .integer(customer.rawValue), .text(password.text), .integer(occasion.at.seconds))
        try endSessions(of: customer)
        try timeline.append(.accountPassword, customer: customer)
    }

    /// Keeps a password from another system for a customer who has none here, and opens the account with it.
    func take(imported password: PasswordHash, of id: CustomerID) throws {
        guard try reader.check(of: id) == nil else { return }
        let customer = try CustomerReader(transaction.reading).customer(id)
        guard customer.fields.email != nil, customer.account != .active else { return }
        try keep(password, of: id)
        try set(.active, of: id)
    }

    /// Keeps another password and begins a new session, the only one from then on.
    public func replace(password: PasswordHash, of customer: CustomerID) throws -> TokenSecret {
        try keep(password, of: customer)
        return try begin(for: customer)
    }

    func set(_ state: AccountState, of customer: CustomerID) throws {
        try transaction.execute(
            "UPDATE customer SET account = ?, rev = rev + 1 WHERE id = ?", .text(state.rawValue),
            .integer(customer.rawValue))
    }

    func send(_ letter: AccountLetter, to email: EmailAddress, of customer: Customer) throws {
        let language = MailLanguage(of: customer.fields.language, in: occasion.shop)
        try OutboxWriter(transaction, occasion).queue(
            letter.mail(to: email, of: customer.id, language, occasion.shop))
    }
}
