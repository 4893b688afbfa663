internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// The address book in the hands of the customer whose it is.
enum SelfAddressVerbs {
    static let all = [list, add, update, remove]

    private static let storefront: Set<Role> = [.staff, .portal]
    private static let session = Parameter.required("session", .text, "the session, as signing in gave it")
    private static let id = Parameter.required("id", .integer, "the address")

    private static let list = Verb(
        "me.addresses", "lists a customer's own addresses, oldest first", roles: storefront, [session],
        .read { invocation in
            let secret = try invocation.session()
            return { transaction in
                let id = try AccountReader(transaction, invocation.occasion).session(opening: secret).customer
                let name = try CustomerReader(transaction).customer(id).fields.fullName
                let addresses = try AddressReader(transaction).addresses(of: id)
                return Reply(
                    rows: addresses.map { .address($0, customer: name, from: invocation.shop) },
                    outcome: .list(next: nil, extra: []))
            }
        })

    private static let add = Verb(
        "me.add-address", "puts an address into a customer's own book; an equal one stays as it is",
        roles: storefront, [session] + AddressVerbs.fields,
        .write { invocation in
            let secret = try invocation.session()
            let fields = try invocation.arguments.address(AddressFields())
            let isShipping = invocation.arguments.flag("shipping") ?? false
            let isBilling = invocation.arguments.flag("billing") ?? false
            return { transaction in
                let occasion = invocation.customerOccasion
                let id = try AccountReader(transaction.reading, occasion).session(opening: secret).customer
                let (address, isExisting) = try AddressWriter(transaction, occasion).add(
                    fields, to: id, source: "portal", isShipping: isShipping, isBilling: isBilling)
                let shape = try invocation.shape(of: address, transaction.reading)
                return Reply(outcome: .ok(shape.adding("existing", isExisting)))
            }
        })

    private static let update = Verb(
        "me.update-address", "changes one of a customer's own addresses; an empty value clears a part",
        roles: storefront, [session, id] + AddressVerbs.fields,
        .write { invocation in
            let secret = try invocation.session()
            let arguments = invocation.arguments
            _ = try arguments.address(AddressFields())
            return { transaction in
                let occasion = invocation.customerOccasion
                try invocation.requireOwn(arguments.address, secret, transaction.reading)
                let address = try AddressWriter(transaction, occasion).update(
                    arguments.address, ifRevision: nil, isShipping: arguments.flag("shipping"),
                    isBilling: arguments.flag("billing")
                ) { fields in
                    fields = try arguments.address(fields)
                }
                return Reply(outcome: .ok(try invocation.shape(of: address, transaction.reading)))
            }
        })

    private static let remove = Verb(
        "me.remove-address", "takes an address out of a customer's own book; orders keep their copies",
        roles: storefront, [session, id],
        .write { invocation in
            let secret = try invocation.session()
            let address = invocation.arguments.address
            return { transaction in
                try invocation.requireOwn(address, secret, transaction.reading)
                let removed = try AddressWriter(transaction, invocation.customerOccasion).remove(
                    address, ifRevision: nil)
                return Reply(outcome: .ok(try invocation.shape(of: removed, transaction.reading)))
            }
        })
}

extension TenantInvocation {
    /// Refuses an address of somebody else like one that does not exist.
    fileprivate func requireOwn(_ address: AddressID, _ secret: TokenSecret, _ transaction: ReadTransaction) throws {
        let customer = try AccountReader(transaction, occasion).session(opening: secret).customer
        guard try AddressReader(transaction).address(address).customer == customer else {
            throw AddressError.notFound
        }
    }
}
