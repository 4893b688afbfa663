internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// What customers do for themselves, through a storefront that holds their session.
enum SelfVerbs {
    static let all = [show, update, password, orders, consent, delete]

    private static let storefront: Set<Role> = [.staff, .portal]
    private static let session = Parameter.required("session", .text, "the session, as signing in gave it")

    private static let show = Verb(
        "me.show", "shows customers what the shop knows of them", roles: storefront, [session],
        .read { invocation in
            let secret = try invocation.session()
            return { transaction in Reply(outcome: .ok(try invocation.myself(secret, transaction))) }
        })

    private static let update = Verb(
        "me.update", "changes a customer's own data; an empty value clears a field",
        roles: storefront,
        [
            session,
            .optional("name", .text, "full name"),
            .optional("first_name", .text, "first name"),
            .optional("last_name", .text, "last name"),
            .optional("email", .text, "another e-mail address; good once the mail to it is confirmed"),
            .optional("phone", .text, "telephone number; nobody is found by one that somebody else has"),
            .optional("country", .text, "country, two letters"),
            .optional("language", .text, "language, such as de"),
            .optional("company", .text, "company"),
            .optional("vat_id", .text, "VAT identification number"),
            .optional("birthday", .text, "birthday, such as 1984-02-29"),
        ],
        .write { invocation in
            let secret = try invocation.session()
            let arguments = invocation.arguments
            let email = try arguments.value("email") { (text) throws(ValueError) in try EmailAddress(parsing: text) }
            let own: [CustomerField] = [
                .name, .firstName, .lastName, .phone, .country, .language, .company, .vatID, .birthday,
            ]
            let given = own.filter { arguments.isGiven($0.rawValue) }
            var trial = CustomerFields()
            for field in given {
                try trial.set(field, to: arguments.text(field.rawValue), country: invocation.shop.country)
            }
            return { transaction in
                let occasion = invocation.customerOccasion
                let id = try AccountReader(transaction.reading, occasion).session(opening: secret).customer
                let writer = CustomerWriter(transaction, occasion)
                try writer.update(id, ifRevision: nil) { fields in
                    for field in given {
                        try fields.set(field, to: arguments.text(field.rawValue), country: invocation.shop.country)
                    }
                    if given.contains(.phone) { fields = try writer.entered(fields, by: id) }
                }
                if let email { try AccountWriter(transaction, occasion).change(id, to: email, by: .customer) }
                return Reply(outcome: .ok(try invocation.myself(secret, transaction.reading)))
            }
        })

    private static let password = Verb(
        "me.password", "sets a password; every other session of the customer ends", roles: storefront,
        [
            session,
            .required("password", .text, "the new password, at least 8 characters"),
            .optional("current", .text, "the password so far, where there is one"),
        ],
        .job(isChanging: true) { invocation in
            let secret = try invocation.session()
            let (password, current) = (invocation.arguments.required("password"), invocation.arguments.text("current"))
            guard invocation.shop.policies.signIn != .link else { throw AccountError.linkOnly }
            return { job in
                let hashing = job.invocation.services.hashing
                let (id, check) = try job.read { transaction in
                    let reader = AccountReader(transaction, job.occasion)
                    let id = try reader.session(opening: secret).customer
                    return (id, try reader.check(of: id))
                }
                if let check {
                    try job.write { try AttemptWriter($0, job.occasion).count(.password, of: "#\(id.rawValue)") }
                    guard let current, hashing.pass({ check.passes(current) }) else {
                        throw AccountError.wrongCredentials
                    }
                }
                let hash = try hashing.pass { try PasswordHash(of: password) }
                let fresh = try job.write { transaction in
                    let occasion = job.invocation.customerOccasion
                    _ = try AccountReader(transaction.reading, occasion).session(opening: secret)
                    try AttemptWriter(transaction, occasion).forget(.password, of: "#\(id.rawValue)")
                    return try AccountWriter(transaction, occasion).replace(password: hash, of: id)
                }
                return Reply(outcome: .ok(JSONWriter.object { $0.member("session", fresh.text) }))
            }
        }, isKeyed: false)

    private static let orders = Verb(
        "me.orders",
        "lists a customer's orders with payment and fulfilment, newest first; guest orders once the address "
            + "is confirmed", roles: storefront, [session, .limit, .after],
        .read { invocation in
            let secret = try invocation.session()
            let limit = try invocation.arguments.limit()
            let cursor = try invocation.arguments.orderCursor()
            return { transaction in
                let id = try AccountReader(transaction, invocation.occasion).session(opening: secret).customer
                let customer = try CustomerReader(transaction).customer(id)
                let language = MailLanguage(of: customer.fields.language, in: invocation.shop)
                let reader = OrderReader(transaction)
                let (orders, next) = try reader.orders(shownTo: id, after: cursor, limit: limit)
                let rows = try orders.map { listed in
                    // A list knows no details.
                    let order = try reader.order(listed.id)
                    return JSONFragment.ownOrder(
                        order, lines: try reader.lines(of: order.id),
                        summary: try invocation.summary(of: order, transaction, for: .customer, in: language))
                }
                return Reply(rows: rows, outcome: .list(next: next?.text, extra: []))
            }
        })

    private static let consent = Verb(
        "me.consent", "shows what a customer agreed to, and changes it", roles: storefront,
        [
            session,
            .optional("purpose", .text, "newsletter, sms, phone or post; newsletter where absent"),
            .optional("subscribed", .flag, "true to agree, false to object; absent to look only"),
            .optional("wording", .text, "the version of the text that was agreed to"),
        ],
        .write { invocation in
            let secret = try invocation.session()
            let purpose = try invocation.arguments.word("purpose", ConsentPurpose.self) ?? .newsletter
            let isGranted = invocation.arguments.flag("subscribed")
            let wording = invocation.arguments.text("wording")
            return { transaction in
                let occasion = invocation.customerOccasion
                let id = try AccountReader(transaction.reading, occasion).session(opening: secret).customer
                if let isGranted {
                    let statement = ConsentStatement(purpose: purpose, isGranted: isGranted, wording: wording)
                    try ConsentWriter(transaction, occasion).record(statement, by: id, channel: nil)
                }
                let reader = ConsentReader(transaction.reading)
                return Reply(outcome: .ok(.consent(try reader.states(of: id), try reader.evidence(of: id), of: id)))
            }
        })

    private static let delete = Verb(
        "me.delete", "ends a customer's own account; the shop is told by mail, and orders stay with the shop",
        roles: storefront, [session, .required("confirm", .flag, "true, so that nobody does it by mistake")],
        .write { invocation in
            let secret = try invocation.session()
            guard invocation.arguments.flag("confirm") == true else {
                throw CommandError.badValue("confirm", "true is needed")
            }
            return { transaction in
                let occasion = invocation.customerOccasion
                let id = try AccountReader(transaction.reading, occasion).session(opening: secret).customer
                try AccountWriter(transaction, occasion).leave(id)
                return Reply(outcome: .ok(JSONWriter.object { $0.member("deleted", true) }))
            }
        })
}

extension TenantInvocation {
    /// The occasion of what a signed-in customer does, whoever passes it on.
    var customerOccasion: Occasion {
        var occasion = occasion
        occasion.actor = .customer
        return occasion
    }

    /// What a customer sees of the own record.
    fileprivate func myself(_ secret: TokenSecret, _ transaction: ReadTransaction) throws -> JSONFragment {
        let reader = AccountReader(transaction, occasion)
        let id = try reader.session(opening: secret).customer
        return .own(try CustomerReader(transaction).customer(id), try reader.account(of: id))
    }
}
