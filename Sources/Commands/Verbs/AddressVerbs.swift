internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum AddressVerbs {
    static let all = [add, update, remove, list]

    /// What an address is made of.
    static let fields: [Parameter] = [
        .optional("title", .text, "what the customer calls it, such as Home; one is made up where absent"),
        .optional("name", .text, "who lives there, where that is not the customer"),
        .optional("company", .text, "company"),
        .optional("line1", .text, "street and number, as the country writes them"),
        .optional("line2", .text, "what else the postman must know"),
        .optional("postcode", .text, "postcode"),
        .optional("city", .text, "city"),
        .optional("region", .text, "state or province, where the country writes one"),
        .optional("country", .text, "country, two letters; the tenant's where absent"),
        .optional("phone", .text, "telephone number for the delivery"),
        .optional("shipping", .flag, "whether goods go there unless said otherwise"),
        .optional("billing", .flag, "whether bills go there unless said otherwise"),
    ]

    private static let add = Verb(
        "address.add", "puts an address into a customer's book; an equal one stays as it is",
        roles: [.staff, .channel], [.required("customer", .integer, "the customer")] + fields,
        .write { invocation in
            let customer = invocation.arguments.customer()
            let fields = try invocation.arguments.address(AddressFields())
            let wantsShipping = invocation.arguments.flag("shipping") ?? false
            let wantsBilling = invocation.arguments.flag("billing") ?? false
            let isChannel = invocation.caller.channel != nil
            return { transaction in
                // A channel adds to the book and changes nothing that others have settled.
                let book = isChannel ? try AddressReader(transaction.reading).addresses(of: customer) : []
                let isShipping = wantsShipping && !book.contains(where: \.isShipping)
                let isBilling = wantsBilling && !book.contains(where: \.isBilling)
                let (address, isExisting) = try AddressWriter(transaction, invocation.occasion).add(
                    fields, to: customer, source: invocation.caller.channel ?? "staff", isShipping: isShipping,
                    isBilling: isBilling)
                let shape = try invocation.shape(of: address, transaction.reading)
                return Reply(outcome: .ok(shape.adding("existing", isExisting)))
            }
        })

    private static let update = Verb(
        "address.update", "changes an address; an empty value clears a part", roles: [.staff],
        [.required("id", .integer, "the address")] + fields
            + [.optional("if_rev", .integer, "refuse if the address is no longer at this revision")],
        .write { invocation in
            let arguments = invocation.arguments
            _ = try arguments.address(AddressFields())
            return { transaction in
                let address = try AddressWriter(transaction, invocation.occasion).update(
                    arguments.address, ifRevision: arguments.integer("if_rev"),
                    isShipping: arguments.flag("shipping"), isBilling: arguments.flag("billing")
                ) { fields in
                    fields = try arguments.address(fields)
                }
                return Reply(outcome: .ok(try invocation.shape(of: address, transaction.reading)))
            }
        })

    private static let remove = Verb(
        "address.remove", "takes an address out of its book; orders keep their copies", roles: [.staff],
        [
            .required("id", .integer, "the address"),
            .optional("if_rev", .integer, "refuse if the address is no longer at this revision"),
        ],
        .write { invocation in
            let (id, revision) = (invocation.arguments.address, invocation.arguments.integer("if_rev"))
            return { transaction in
                let address = try AddressWriter(transaction, invocation.occasion).remove(id, ifRevision: revision)
                return Reply(outcome: .ok(try invocation.shape(of: address, transaction.reading)))
            }
        })

    private static let list = Verb(
        "address.list", "lists a customer's addresses, oldest first", roles: [.staff, .reader, .channel],
        [.required("customer", .integer, "the customer")],
        .read { invocation in
            let id = invocation.arguments.customer()
            return { transaction in
                let name = try CustomerReader(transaction).customer(id).fields.fullName
                let addresses = try AddressReader(transaction).addresses(of: id)
                return Reply(
                    rows: addresses.map { .address($0, customer: name, from: invocation.shop) },
                    outcome: .list(next: nil, extra: []))
            }
        })
}

extension Arguments {
    /// The address that `id` names.
    var address: AddressID { AddressID(rawValue: integer("id") ?? 0) }

    /// Puts the parts among the arguments into `fields`.
    func address(_ fields: AddressFields) throws -> AddressFields {
        var fields = fields
        for field in AddressField.allCases where isGiven(field.rawValue) {
            try fields.set(field, to: text(field.rawValue))
        }
        return fields
    }
}

extension TenantInvocation {
    func shape(of address: Address, _ transaction: ReadTransaction) throws -> JSONFragment {
        let customer = try CustomerReader(transaction).customer(address.customer)
        return .address(address, customer: customer.fields.fullName, from: shop)
    }
}
