internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum CustomerVerbs {
    static let all = [create, show, find, list, update]

    private static let fields: [Parameter] = [
        .optional("email", .text, "e-mail address, unique in the tenant"),
        .optional("name", .text, "full name"),
        .optional("first_name", .text, "first name"),
        .optional("last_name", .text, "last name"),
        .optional("phone", .text, "telephone number, national or international"),
        .optional("country", .text, "country, two letters"),
        .optional("language", .text, "language, such as de"),
        .optional("company", .text, "company"),
        .optional("vat_id", .text, "VAT identification number"),
        .optional("tax_exempt", .flag, "whether no tax is charged"),
        .optional("birthday", .text, "birthday, such as 1984-02-29"),
        .optional("custom", .object, "the shop's own fields; null takes one out"),
    ]

    private static let create = Verb(
        "customer.create", "enters a customer by hand", roles: [.staff],
        fields + [
            .optional("test", .flag, "a test customer, kept apart from real ones"),
            .optional(
                "invite", .flag, "whether an invitation to an account is mailed; as account.invite says where absent"),
        ],
        .write { invocation in
            let fields = try invocation.fields(CustomerFields())
            let isTest = invocation.arguments.flag("test") ?? false
            let isInvited = invocation.arguments.flag("invite") ?? (invocation.shop.policies.invitesByHand && !isTest)
            return { transaction in
                let writer = CustomerWriter(transaction, invocation.occasion)
                let id = try writer.create(fields, source: "staff", isTest: isTest)
                if isInvited, fields.email != nil,
                    try CustomerReader(transaction.reading).status(of: id) == .active
                {
                    try AccountWriter(transaction, invocation.occasion).invite(id)
                }
                return try invocation.reply(showing: id, transaction.reading)
            }
        })

    private static let show = Verb(
        "customer.show", "shows all there is of a customer", roles: [.staff, .reader, .channel],
        [.required("id", .integer, "the customer")],
        .read { invocation in
            let id = invocation.arguments.customer("id")
            return { try invocation.reply(showing: id, $0) }
        })

    private static let find = Verb(
        "customer.find", "finds customers by one exact key", roles: [.staff, .reader, .channel],
        [
            .optional("email", .text, "e-mail address, in any spelling"),
            .optional("phone", .text, "telephone number, in any spelling"),
            .optional("number", .integer, "the customer's number"),
            .optional("ext", .text, "a channel's own id"),
        ],
        .read { invocation in
            let arguments = invocation.arguments
            let email = try arguments.value("email") { (text) throws(ValueError) in try EmailAddress(parsing: text) }
            let phone = try arguments.text("phone").map { try invocation.phoneKey($0) }
            let number = arguments.integer("number")
            let ext = arguments.text("ext")
            guard email != nil || phone != nil || number != nil || ext != nil else {
                throw CommandError.missingArgument("email, phone, number or ext")
            }
            return { transaction in
                let reader = CustomerReader(transaction)
                var found: [[CustomerID]] = []
                if let email { found.append(try reader.customers(email: email)) }
                if let phone { found.append(try reader.customers(phoneKey: phone)) }
                if let number { found.append(try reader.customer(number: number).map { [$0] } ?? []) }
                if let ext {
                    // A channel knows its own ids only.
                    let own = try invocation.caller.channel.map { channel in
                        try reader.customer(channel: channel, ext: ext).map { [$0] } ?? []
                    }
                    found.append(try own ?? reader.customers(ext: ext))
                }
                // Several keys must all fit.
                let ids = found.dropFirst().reduce(found[0]) { left, right in left.filter(right.contains) }
                return Reply(
                    rows: try ids.map { .row(of: try reader.customer($0)) }, outcome: .list(next: nil, extra: []))
            }
        })

    /// Which customers a list shows, and in which order.
    static let filters: [Parameter] =
        CustomerSelection.parameters + [
            .optional(
                "sort", .text, "number, name, email, joined, orders, total or last_order; with - in front downwards")
        ]

    private static let list = Verb(
        "customer.list", "lists customers a page at a time", roles: [.staff, .reader],
        filters + [.limit, .after, .count],
        .read { invocation in
            let query = try invocation.customerQuery()
            let limit = try invocation.arguments.limit()
            let isCounted = invocation.arguments.flag("count") ?? false
            let shop = invocation.shop
            return { transaction in
                let query = try query(transaction)
                let cursor = try invocation.arguments.customerCursor(of: query)
                let list = CustomerList(transaction, shop)
                let (customers, next) = try list.page(query, after: cursor, limit: limit)
                let count = isCounted ? try list.count(query) : nil
                let rows = customers.map { JSONFragment.row(of: $0) }
                let extra = count.map { [JSON.Member(name: "count", value: .number(String($0)))] } ?? []
                return Reply(rows: rows, outcome: .list(next: next?.token(of: query), extra: extra))
            }
        })

    private static let update = Verb(
        "customer.update",
        "changes a customer; an empty value clears a field; the address of an account changes as email.change says",
        roles: [.staff],
        [.required("id", .integer, "the customer")] + fields
            + [.optional("if_rev", .integer, "refuse if the customer is no longer at this revision")],
        .write { invocation in
            let id = invocation.arguments.customer("id")
            let revision = invocation.arguments.integer("if_rev")
            _ = try invocation.fields(CustomerFields())
            return { transaction in
                var email: EmailAddress?
                try CustomerWriter(transaction, invocation.occasion).update(id, ifRevision: revision) { fields in
                    let former = fields.email
                    fields = try invocation.fields(fields)
                    // Another address than the one there was is a matter of its own.
                    guard let former, let wanted = fields.email, wanted != former else { return }
                    (email, fields.email) = (wanted, former)
                }
                if let email {
                    try AccountWriter(transaction, invocation.occasion).change(id, to: email, by: .staff)
                }
                return try invocation.reply(showing: id, transaction.reading)
            }
        })
}

extension TenantInvocation {
    /// Puts the fields among the arguments into `fields`.
    fileprivate func fields(_ fields: CustomerFields) throws -> CustomerFields {
        var fields = fields
        for field in CustomerField.allCases where arguments.isGiven(field.rawValue) {
            switch field {
            case .custom: fields.custom = arguments.custom(changing: fields.custom)
            case .taxExempt: fields.taxExempt = arguments.flag(field.rawValue) ?? false
            case .name, .firstName, .lastName, .email, .phone, .country, .language, .company, .vatID, .birthday:
                try fields.set(field, to: arguments.text(field.rawValue), country: shop.country)
            }
        }
        return fields
    }

    /// The key of a telephone number that the caller looks for.
    ///
    /// - Throws: ``CommandError/badValue(_:_:)`` for a number that leaves a doubt.
    func phoneKey(_ text: String) throws(CommandError) -> String {
        guard case .e164(let key) = PhoneNumber.parse(text, country: shop.country.code) else {
            throw .badValue("phone", "this is not a whole telephone number; write it as +49…")
        }
        return key
    }
}

extension TenantInvocation {
    /// Which customers the arguments ask for, and in which order, once the registry can be looked at.
    func customerQuery() throws(CommandError) -> @Sendable (ReadTransaction) throws -> CustomerQuery {
        let selection = try CustomerSelection(self)
        let sort = try arguments.customerSort()
        return { transaction in
            var query = try selection.query(transaction)
            (query.sort, query.isDescending) = sort
            return query
        }
    }
}

extension Arguments {
    /// The shop's own fields with those among the arguments put in; null takes one out, and all where it stands alone.
    fileprivate func custom(changing former: [JSON.Member]) -> [JSON.Member] {
        guard let given = json(CustomerField.custom.rawValue)?.objectValue else { return [] }
        var custom = former.filter { member in !given.contains { $0.name == member.name } }
        custom += given.filter { $0.value != .null }
        return custom
    }

    fileprivate func customerSort() throws(CommandError) -> (sort: CustomerQuery.Sort, isDescending: Bool) {
        guard let text = text("sort") else { return (.number, false) }
        let isDescending = text.hasPrefix("-")
        guard let sort = CustomerQuery.Sort(rawValue: String(text.dropFirst(isDescending ? 1 : 0))) else {
            let words = CustomerQuery.Sort.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badValue("sort", "one of \(words) is needed")
        }
        return (sort, isDescending)
    }

    fileprivate func customerCursor(of query: CustomerQuery) throws(CommandError) -> CustomerCursor? {
        guard let values = try Cursor.values(self, count: 4) else { return nil }
        guard let text = values[0].stringValue, let number = values[1].integerValue, let id = values[2].integerValue,
            values[3].stringValue == query.order
        else { throw .badValue("after", "give what the page before said under next, and ask for the same list") }
        return CustomerCursor(text: text, number: number, tie: id)
    }
}

extension CustomerCursor {
    fileprivate func token(of query: CustomerQuery) -> String {
        Cursor.text(.string(text), .number(String(number)), .number(String(tie)), .string(query.order))
    }
}

extension CustomerQuery {
    /// What decides the order of the list; a cursor is good for this order only.
    fileprivate var order: String {
        isSearch ? "search \(search ?? "")" : (isDescending ? "-" : "") + sort.rawValue
    }
}
