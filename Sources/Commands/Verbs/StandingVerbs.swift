internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// Who may order and sign in.
enum StandingVerbs {
    static let all = [
        deny, allow,
        change("customer.disable", "lets a customer sign in no more; orders are still taken") { try $0.disable($1) },
        change("customer.enable", "lets a disabled customer sign in again") { try $0.enable($1) },
        denied,
    ]

    private static let subject: [Parameter] = [
        .optional("id", .integer, "the customer"),
        .optional("email", .text, "or the e-mail address of somebody who need not be a customer yet"),
        .optional("phone", .text, "or the telephone number of such a person"),
    ]

    private static let deny = Verb(
        "customer.deny",
        "denies a customer, or a contact of people who are none yet: every channel refuses the orders",
        roles: [.staff],
        subject + [
            .optional("reason", .text, "why, for staff only"),
            .optional("public_reason", .text, "why, for the customer and the channels"),
        ],
        .write { invocation in
            let subject = try invocation.subject()
            let arguments = invocation.arguments
            let reasons = DenialReasons(inner: arguments.text("reason"), outer: arguments.text("public_reason"))
            return { transaction in
                switch subject {
                case .customer(let id):
                    try CustomerWriter(transaction, invocation.occasion).deny(id, reasons)
                    return try invocation.reply(showing: id, transaction.reading)
                case .contact(let contact):
                    let customers = try DenialWriter(transaction, invocation.occasion).deny(contact, reasons)
                    return try invocation.reply(about: contact, customers, transaction)
                }
            }
        })

    private static let allow = Verb(
        "customer.allow", "lifts a denial", roles: [.staff], subject,
        .write { invocation in
            let subject = try invocation.subject()
            return { transaction in
                switch subject {
                case .customer(let id):
                    try CustomerWriter(transaction, invocation.occasion).allow(id)
                    return try invocation.reply(showing: id, transaction.reading)
                case .contact(let contact):
                    let customers = try DenialWriter(transaction, invocation.occasion).allow(contact)
                    return try invocation.reply(about: contact, customers, transaction)
                }
            }
        })

    private static func change(
        _ name: String, _ summary: String, _ change: @escaping @Sendable (CustomerWriter, CustomerID) throws -> Void
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff], [.required("id", .integer, "the customer")],
            .write { invocation in
                let id = invocation.arguments.customer("id")
                return { transaction in
                    try change(CustomerWriter(transaction, invocation.occasion), id)
                    return try invocation.reply(showing: id, transaction.reading)
                }
            })
    }

    private static let denied = Verb(
        "customer.denied", "lists who may not order: customers first, then contacts", roles: [.staff],
        [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let cursor = try invocation.arguments.denialCursor()
            return { transaction in
                let reader = DenialReader(transaction)
                var denials: [Denial] = []
                if cursor.kind.isEmpty { denials = try reader.customers(after: cursor.customer, limit: limit) }
                if denials.count < limit {
                    denials += try reader.contacts(
                        afterKind: cursor.kind, key: cursor.key, limit: limit - denials.count)
                }
                let end = denials.count == limit ? denials.last?.cursor : nil
                return .page(denials, row: { .denial($0, customers: nil) }, next: \.cursor, end: end)
            }
        })
}

/// Whom a denial is about, among the arguments.
private enum DenialSubject {
    case customer(CustomerID)
    case contact(Contact)
}

extension TenantInvocation {
    fileprivate func subject() throws -> DenialSubject {
        let named = ["id", "email", "phone"].filter(arguments.has)
        guard named.count < 2 else { throw CommandError.badValue(named[1], "one of id, email and phone is needed") }
        if let id = arguments.integer("id") { return .customer(CustomerID(rawValue: id)) }
        if let number = arguments.text("phone") { return .contact(.phone(try phoneKey(number))) }
        let email = try arguments.value("email") { (text) throws(ValueError) in try EmailAddress(parsing: text) }
        guard let email else { throw CommandError.missingArgument("id, email or phone") }
        return .contact(.email(email.key))
    }

    fileprivate func reply(
        about contact: Contact, _ customers: [CustomerID], _ transaction: WriteTransaction
    ) throws -> Reply {
        let denial = try DenialReader(transaction.reading).denial(of: contact)
        let nothing = Denial(subject: .contact(contact, since: at), reasons: DenialReasons(inner: nil, outer: nil))
        return Reply(outcome: .ok(.denial(denial ?? nothing, customers: customers, isDenied: denial != nil)))
    }
}

extension Arguments {
    fileprivate func denialCursor() throws(CommandError) -> (customer: CustomerID, kind: String, key: String) {
        guard let values = try Cursor.values(self, count: 3) else { return (CustomerID(rawValue: 0), "", "") }
        guard let id = values[0].integerValue, let kind = values[1].stringValue, let key = values[2].stringValue else {
            throw .badValue("after", "give what the page before said under next")
        }
        return (CustomerID(rawValue: id), kind, key)
    }
}

extension Denial {
    fileprivate var cursor: String {
        switch subject {
        case .customer(let id, _, _, _): Cursor.text(.number(String(id.rawValue)), .string(""), .string(""))
        case .contact(.email(let key), _): Cursor.text(.number("0"), .string("email"), .string(key))
        case .contact(.phone(let number), _): Cursor.text(.number("0"), .string("phone"), .string(number))
        }
    }
}
