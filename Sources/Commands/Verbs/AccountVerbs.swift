internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum AccountVerbs {
    static let all = [
        invite, show, signUp, accept, requestLink, peek, redeem, signIn, signOut, confirmEmail, endSessions,
    ]

    private static let storefront: Set<Role> = [.staff, .portal]
    private static let token = Parameter.required("token", .text, "the token that the mail's link carries")

    private static let invite = Verb(
        "account.invite",
        "invites a customer to an account by mail, or once more, and warns of what the mail lacks",
        roles: [.staff],
        [.required("customer", .integer, "the customer")],
        .write { invocation in
            let customer = invocation.arguments.customer()
            return { transaction in
                try AccountWriter(transaction, invocation.occasion).invite(customer)
                let account = try AccountReader(transaction.reading, invocation.occasion).account(of: customer)
                let warnings = invocation.shop.policies.mail.warnings.map { JSON.string($0) }
                return Reply(outcome: .ok(JSONFragment.account(account).adding("warnings", .array(warnings))))
            }
        })

    private static let show = Verb(
        "account.show", "shows how far a customer's account is", roles: [.staff, .reader],
        [.required("customer", .integer, "the customer")],
        .read { invocation in
            let customer = invocation.arguments.customer()
            return { transaction in
                let account = try AccountReader(transaction, invocation.occasion).account(of: customer)
                return Reply(outcome: .ok(.account(account)))
            }
        })

    private static let signUp = Verb(
        "account.sign-up",
        "makes an account that a mail to its address confirms; says the same if there is one already",
        roles: storefront,
        [
            .required("email", .text, "e-mail address"),
            .optional("name", .text, "full name"),
            .optional("first_name", .text, "first name"),
            .optional("last_name", .text, "last name"),
            .optional("phone", .text, "telephone number"),
            .optional("language", .text, "language, such as de"),
        ],
        .write { invocation in
            var fields = CustomerFields()
            for field in [CustomerField.email, .name, .firstName, .lastName, .phone, .language] {
                try fields.set(field, to: invocation.arguments.text(field.rawValue), country: invocation.shop.country)
            }
            guard let email = fields.email else { throw CommandError.missingArgument("email") }
            let given = fields
            return { transaction in
                try AttemptWriter(transaction, invocation.occasion).count(.signUp, of: email.key)
                try AccountWriter(transaction, invocation.occasion).signUp(given, source: "portal")
                return sent
            }
        }, isKeyed: false)

    private static let requestLink = Verb(
        "account.request-link", "sends a link and a code to sign in with; says the same for unknown addresses",
        roles: storefront, [.required("email", .text, "e-mail address")],
        .write { invocation in
            let email = try invocation.email()
            return { transaction in
                try AttemptWriter(transaction, invocation.occasion).count(.signInLink, of: email.key)
                return sent
            }
        },
        isKeyed: false,
        whenDurable: { invocation in
            // In a transaction of its own, that the answer does not wait for: it takes the same time for everybody.
            guard let email = try? invocation.email() else { return }
            invocation.tenant.write { transaction in
                try AccountWriter(transaction, invocation.occasion).sendLink(to: email)
                return {}
            } failed: { error in
                Reply.log(error)
            }
        })

    private static let accept = Verb(
        "account.accept", "opens the account that an invitation, a sign-up or a forgotten password leads to",
        roles: storefront,
        [token, .optional("password", .text, "the new password, at least 8 characters; required where it signs in")],
        .job(isChanging: true) { invocation in
            let secret = try invocation.secret("token")
            let password = invocation.arguments.text("password")
            if password != nil, invocation.shop.policies.signIn == .link { throw AccountError.linkOnly }
            return { job in
                // Looked at first, so that nobody makes the machine hash for nothing.
                _ = try job.read { try TicketReader($0, job.occasion).peek(secret) }
                let hash = try password.map { password in
                    try job.invocation.services.hashing.pass { try PasswordHash(of: password) }
                }
                let session = try job.write { try AccountWriter($0, job.occasion).accept(secret, password: hash) }
                return try signedIn(session, job)
            }
        }, isKeyed: false)

    private static let peek = Verb(
        "account.peek", "tells what a link is good for, without using it up", roles: storefront, [token],
        .read { invocation in
            let secret = try invocation.secret("token")
            return { transaction in
                let ticket = try TicketReader(transaction, invocation.occasion).peek(secret)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("kind", ticket.kind.rawValue)
                            writer.member("issued_at", ticket.issuedAt.text)
                            writer.member("expires_at", ticket.expiresAt.text)
                        }))
            }
        })

    private static let redeem = Verb(
        "account.redeem", "signs in whoever holds a link or a code; each is good once", roles: storefront,
        [
            .optional("token", .text, "the token that the mail's link carries"),
            .optional("code", .text, "or the code beside it"),
        ],
        .job(isChanging: true) { invocation in
            let code = invocation.arguments.text("code")
            guard code == nil || !invocation.arguments.has("token") else {
                throw CommandError.badValue("code", "one of token and code is enough")
            }
            guard let code else {
                let secret = try invocation.secret("token")
                return { job in
                    try signedIn(try job.write { try AccountWriter($0, job.occasion).redeem(secret) }, job)
                }
            }
            return { job in
                // Committed whatever comes of it: who guesses must not begin anew.
                let session = try job.write { transaction in
                    let attempts = AttemptWriter(transaction, job.occasion)
                    try attempts.count(.code, of: "")
                    let session = try AccountWriter(transaction, job.occasion).redeem(code: code)
                    if session != nil { try attempts.uncount(.code, of: "") }
                    return session
                }
                guard let session else { throw AccountError.wrongCode }
                return try signedIn(session, job)
            }
        }, isKeyed: false)

    private static let signIn = Verb(
        "account.sign-in", "signs in with a password", roles: storefront,
        [
            .required("email", .text, "e-mail address"),
            .required("password", .text, "the password"),
        ],
        .job(isChanging: true) { invocation in
            let email = try invocation.email()
            let password = invocation.arguments.required("password")
            guard invocation.shop.policies.signIn != .link else { throw AccountError.linkOnly }
            return { job in
                try job.write { try AttemptWriter($0, job.occasion).count(.password, of: email.key) }
                let check = try job.read { try AccountReader($0, job.occasion).check(at: email) }
                guard job.invocation.services.hashing.pass({ check.passes(password) }) else {
                    throw AccountError.wrongCredentials
                }
                let session = try job.write { transaction in
                    try AttemptWriter(transaction, job.occasion).forget(.password, of: email.key)
                    return try AccountWriter(transaction, job.occasion).begin(after: check)
                }
                return try signedIn(session, job)
            }
        }, isKeyed: false)

    private static let signOut = Verb(
        "account.sign-out", "ends a session", roles: storefront,
        [.required("session", .text, "the session, as signing in gave it")],
        .write { invocation in
            let secret = try invocation.session()
            return { transaction in
                try AccountWriter(transaction, invocation.occasion).end(secret)
                return Reply(outcome: .ok(JSONWriter.object { $0.member("signed_out", true) }))
            }
        })

    private static let endSessions = Verb(
        "account.end-sessions", "ends every session of a customer, and links and codes that could begin one",
        roles: [.staff], [.required("customer", .integer, "the customer")],
        .write { invocation in
            let customer = invocation.arguments.customer()
            return { transaction in
                let reader = AccountReader(transaction.reading, invocation.occasion)
                let before = try reader.account(of: customer)
                try AccountWriter(transaction, invocation.occasion).endSessions(of: customer)
                return Reply(outcome: .ok(JSONWriter.object { $0.member("ended", before.sessions) }))
            }
        })

    private static let confirmEmail = Verb(
        "account.confirm-email", "changes an e-mail address to the one that got the link", roles: storefront, [token],
        .write { invocation in
            let secret = try invocation.secret("token")
            return { transaction in
                let customer = try AccountWriter(transaction, invocation.occasion).confirmChange(secret)
                return Reply(outcome: .ok(JSONWriter.object { $0.member("customer", customer.rawValue) }))
            }
        })

    /// The answer to everything that sends a mail to somebody who may be unknown.
    private static let sent = Reply(outcome: .ok(JSONWriter.object { $0.member("sent", "if there is an account") }))

    private static func signedIn(_ secret: TokenSecret, _ job: Job) throws -> Reply {
        let session = try job.read { try AccountReader($0, job.occasion).session(opening: secret) }
        return Reply(
            outcome: .ok(
                JSONWriter.object { writer in
                    writer.member("session", secret.text)
                    writer.member("customer", session.customer.rawValue)
                    writer.member("expires_at", session.expiresAt.text)
                }))
    }
}

extension TenantInvocation {
    /// The e-mail address among the arguments.
    fileprivate func email() throws -> EmailAddress {
        guard let email = try arguments.value("email", { (text) throws(ValueError) in try EmailAddress(parsing: text) })
        else { throw CommandError.missingArgument("email") }
        return email
    }

    /// A secret among the arguments; what cannot be one is unknown, like any other that is wrong.
    func secret(_ name: String) throws -> TokenSecret {
        guard let text = arguments.text(name) else { throw CommandError.missingArgument(name) }
        guard let secret = TokenSecret(parsing: text) else { throw TicketError.unknown }
        return secret
    }

    /// The session among the arguments.
    func session() throws -> TokenSecret {
        guard let secret = TokenSecret(parsing: arguments.required("session")) else { throw AccountError.noSession }
        return secret
    }
}
