internal import Storage
internal import StrictJSON

extension AccountWriter {
    /// Changes a customer's e-mail address as the tenant's policy says: at once, once it is confirmed, or not at all.
    ///
    /// Nothing signs in with the address of a record without an account: staff correct it at once, unless nobody may.
    ///
    /// - Throws: ``AccountError/emailFixed``, ``CustomerError/emailTaken(by:)``.
    public func change(_ id: CustomerID, to email: EmailAddress, by changer: EmailChanger) throws {
        let customer = try CustomerReader(transaction.reading).customer(id)
        guard let former = customer.fields.email else { return try set(email, of: id) }
        guard former.key != email.key else {
            return former == email ? () : try set(email, of: id)
        }
        switch (occasion.shop.policies.emailChange, changer) {
        case (.never, _), (.staff, .customer): throw AccountError.emailFixed
        case (.staff, .staff): try set(email, of: id)
        case (.verify, .customer): try askForChange(of: id, to: email)
        case (.verify, .staff):
            if customer.account == .none { try set(email, of: id) } else { try askForChange(of: id, to: email) }
        }
    }

    private func set(_ email: EmailAddress, of id: CustomerID) throws {
        try withdrawChange(of: id)
        try CustomerWriter(transaction, occasion).update(id, ifRevision: nil) { $0.email = email }
    }

    /// Asks for another e-mail address; the old one stays until the new one is confirmed.
    ///
    /// That the address is taken shows only when it is confirmed, to whoever reads its mail.
    private func askForChange(of id: CustomerID, to email: EmailAddress) throws {
        let customer = try CustomerReader(transaction.reading).customer(id)
        guard customer.fields.email?.key != email.key else { return }
        try transaction.execute(
            """
            INSERT INTO account_email_change (customer_id, email, email_key, asked_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET email = excluded.email, email_key = excluded.email_key,
                asked_at = excluded.asked_at
            """, .integer(id.rawValue), .text(email.spelling), .text(email.key), .integer(occasion.at.seconds))
        let tickets = TicketWriter(transaction, occasion)
        try tickets.withdraw(.emailChange, of: id)
        let secret = try tickets.issue(.emailChange, to: id, lifetime: Self.invitationLifetime)
        try send(.emailChange(token: secret.text), to: email, of: customer)
        try timeline.append(.accountEmailAsked, customer: id)
    }

    /// Makes the change that a link confirms; the old address is told.
    ///
    /// - Throws: ``TicketError``, ``AccountError/noEmailChange``, ``CustomerError/emailTaken(by:)``.
    public func confirmChange(_ secret: TokenSecret) throws -> CustomerID {
        let id = try TicketWriter(transaction, occasion).redeem(secret, as: .emailChange).customer
        let asked = try transaction.returning(
            "DELETE FROM account_email_change WHERE customer_id = ? RETURNING email, email_key",
            .integer(id.rawValue)
        ) { EmailAddress(storedSpelling: $0.text(0), key: $0.text(1)) }
        guard let email = asked else { throw AccountError.noEmailChange }
        let before = try CustomerReader(transaction.reading).customer(id)
        guard before.status == .active else { throw AccountError.notAllowed(before.status) }
        try CustomerWriter(transaction, occasion).update(id, ifRevision: nil) { $0.email = email }
        try CustomerWriter(transaction, occasion).noteVerifiedEmail(of: id)
        if let old = before.fields.email { try send(.emailChanged, to: old, of: before) }
        return id
    }

    /// Withdraws a change that has not been confirmed.
    public func withdrawChange(of id: CustomerID) throws {
        try transaction.execute("DELETE FROM account_email_change WHERE customer_id = ?", .integer(id.rawValue))
        try TicketWriter(transaction, occasion).withdraw(.emailChange, of: id)
    }

    /// Ends an account as its customer wishes; the record stays, and the shop is told by mail.
    public func leave(_ id: CustomerID) throws {
        let customer = try CustomerReader(transaction.reading).customer(id)
        try close(id)
        if let shop = occasion.shop.policies.mail.from {
            let language = MailLanguage(of: nil, in: occasion.shop)
            let letter = AccountLetter.left(number: customer.number, name: customer.fields.fullName ?? "")
            try OutboxWriter(transaction, occasion).queue(letter.mail(to: shop, of: nil, language, occasion.shop))
        }
        try timeline.append(.accountLeft, customer: id)
    }

    /// Ends an account: password, sessions and open links are gone, and the record stays.
    func close(_ id: CustomerID) throws {
        try shutOut(id)
        try transaction.execute("DELETE FROM account_password WHERE customer_id = ?", .integer(id.rawValue))
        try set(.none, of: id)
    }
}

/// Who changes an e-mail address.
public enum EmailChanger: Sendable {
    case customer
    case staff
}
