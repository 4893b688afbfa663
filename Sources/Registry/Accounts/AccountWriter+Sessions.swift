internal import Storage

extension AccountWriter {
    /// Sends a link and a code to whoever may sign in with an address; nobody there, nothing sent.
    ///
    /// Where customers sign in with a password only, the link is for setting a new one.
    public func sendLink(to email: EmailAddress) throws {
        guard let id = try reader.guest(at: email) else { return }
        let customer = try CustomerReader(transaction.reading).customer(id)
        guard let address = customer.fields.email else { return }
        let tickets = TicketWriter(transaction, occasion)
        switch occasion.shop.policies.signIn {
        case .password:
            try tickets.withdraw(.password, of: id)
            let secret = try tickets.issue(.password, to: id, lifetime: Self.linkLifetime)
            try send(.password(token: secret.text), to: address, of: customer)
        case .link, .both:
            try tickets.withdraw(.signIn, of: id)
            let secret = try tickets.issue(.signIn, to: id, lifetime: Self.linkLifetime)
            let code = try issueCode(to: id)
            try send(.signIn(token: secret.text, code: code.text), to: address, of: customer)
        }
    }

    /// Begins a session for a customer whose password was right.
    ///
    /// - Throws: ``AccountError/wrongCredentials`` when the password has been changed since, ``AccountError/notAllowed(_:)``.
    public func begin(after check: PasswordCheck) throws -> TokenSecret {
        guard let customer = check.customer,
            try transaction.reading.exists(
                "SELECT 1 FROM account_password WHERE customer_id = ? AND hash = ?", .integer(customer.rawValue),
                .text(check.hash.text))
        else { throw AccountError.wrongCredentials }
        return try begin(for: customer)
    }

    /// Begins a session.
    ///
    /// - Throws: ``AccountError/notAllowed(_:)``.
    func begin(for customer: CustomerID) throws -> TokenSecret {
        let status = try CustomerReader(transaction.reading).status(of: customer)
        guard status == .active else { throw AccountError.notAllowed(status) }
        try transaction.execute(
            """
            DELETE FROM account_session WHERE selector IN
                (SELECT selector FROM account_session WHERE expires_at < ? ORDER BY expires_at LIMIT 50)
            """, .integer(occasion.at.seconds))
        let secret = TokenSecret(tenant: occasion.shop.name)
        try transaction.execute(
            """
            INSERT INTO account_session (selector, verifier_digest, customer_id, began_at, expires_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            .text(secret.selector), .blob(secret.digest), .integer(customer.rawValue),
            .integer(occasion.at.seconds), .integer(occasion.at.seconds + Self.sessionLifetime))
        try timeline.append(.accountSignedIn, customer: customer)
        return secret
    }

    /// Ends a session.
    ///
    /// - Throws: ``AccountError/noSession``.
    public func end(_ secret: TokenSecret) throws {
        _ = try reader.session(opening: secret)
        try transaction.execute("DELETE FROM account_session WHERE selector = ?", .text(secret.selector))
    }

    /// Ends every session of a customer, and what could begin one: nobody is signed in any more.
    public func endSessions(of customer: CustomerID) throws {
        try transaction.execute("DELETE FROM account_session WHERE customer_id = ?", .integer(customer.rawValue))
        try transaction.execute("DELETE FROM account_code WHERE customer_id = ?", .integer(customer.rawValue))
        let tickets = TicketWriter(transaction, occasion)
        for kind in [TicketKind.signIn, .password] { try tickets.withdraw(kind, of: customer) }
    }

    /// Shuts somebody out: nobody is signed in, and nothing that has been mailed opens anything any more.
    func shutOut(_ customer: CustomerID) throws {
        try endSessions(of: customer)
        try withdrawChange(of: customer)
        let tickets = TicketWriter(transaction, occasion)
        for kind in [TicketKind.invitation, .signUp] { try tickets.withdraw(kind, of: customer) }
    }

    /// Lets somebody in who has shown that mail to the address is read: the account is active from now on.
    func enter(_ id: CustomerID) throws -> TokenSecret {
        let customer = try CustomerReader(transaction.reading).customer(id)
        guard customer.status == .active else { throw AccountError.notAllowed(customer.status) }
        if customer.account != .active {
            try set(.active, of: id)
            try TicketWriter(transaction, occasion).withdraw(.invitation, of: id)
            try timeline.append(.accountActivated, customer: id)
        }
        try CustomerWriter(transaction, occasion).noteVerifiedEmail(of: id)
        return try begin(for: id)
    }

    private func issueCode(to customer: CustomerID) throws -> SignInCode {
        let code = SignInCode()
        // One code a customer; that two customers draw the same at a time happens once in a million million.
        try transaction.execute(
            """
            INSERT INTO account_code (customer_id, digest, expires_at) VALUES (?, ?, ?)
            ON CONFLICT (customer_id) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at
            """, .integer(customer.rawValue), .blob(code.digest),
            .integer(occasion.at.seconds + Self.linkLifetime))
        return code
    }
}
