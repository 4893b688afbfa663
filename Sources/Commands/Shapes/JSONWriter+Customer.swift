internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

extension TenantInvocation {
    /// The answer that shows the whole of a customer, or what is left of one who was merged into another.
    ///
    /// - Throws: ``CustomerError/notFound``.
    func reply(showing id: CustomerID, _ transaction: ReadTransaction) throws -> Reply {
        Reply(outcome: .ok(try shape(of: CustomerReader(transaction).record(id), transaction)))
    }

    /// The whole of a customer.
    func shape(of customer: Customer, _ transaction: ReadTransaction) throws -> JSONFragment {
        try shape(of: customer, for: caller, transaction)
    }

    /// The whole of a customer as the person may have it.
    func shapeForThePerson(of customer: Customer, _ transaction: ReadTransaction) throws -> JSONFragment {
        let person = Caller(role: .portal, tenant: caller.tenant, actor: .customer, channel: nil)
        return try shape(of: customer, for: person, transaction)
    }

    private func shape(
        of customer: Customer, for caller: Caller, _ transaction: ReadTransaction
    ) throws -> JSONFragment {
        let addresses = try AddressReader(transaction).addresses(of: customer.id).map { address in
            JSONFragment.address(address, customer: customer.fields.fullName, from: shop)
        }
        return .customer(customer, addresses, in: shop.country, for: caller)
    }
}

extension JSONFragment {
    /// The whole of a customer; why one is denied is for staff only.
    ///
    /// A telephone number that leaves a doubt is read as one of `country`, the shop's, to ask what it means.
    fileprivate static func customer(
        _ customer: Customer, _ addresses: [JSONFragment], in country: Country, for caller: Caller
    ) -> JSONFragment {
        let fields = customer.fields
        return JSONWriter.object { writer in
            writer.member("id", customer.id.rawValue)
            writer.member("number", customer.number)
            writer.member("rev", customer.rev)
            writer.member("name", fields.fullName)
            writer.member("first_name", fields.firstName)
            writer.member("last_name", fields.lastName)
            writer.member("email", fields.email?.spelling)
            writer.member("phone", fields.phone)
            writer.member("phone_e164", fields.phoneKey)
            writer.member("country", fields.country?.code)
            writer.member("language", fields.language)
            writer.member("company", fields.company)
            writer.member("vat_id", fields.vatID)
            writer.member("tax_exempt", customer.isTaxExempt)
            writer.member("birthday", fields.birthday)
            writer.member("status", customer.status.rawValue)
            if caller.isStaff { writer.member("deny_reason", customer.denyReason) }
            writer.member("public_reason", customer.publicReason)
            writer.member("merged_into", customer.mergedInto?.rawValue)
            writer.member("account", customer.account.rawValue)
            writer.activity(of: customer)
            writer.name("consent")
            writer.beginObject()
            for state in customer.consent { writer.member(state.purpose.rawValue, state.status.rawValue) }
            writer.endObject()
            writer.member("last_order_at", customer.lastOrderAt?.text)
            writer.member("joined_at", customer.joinedAt.text)
            writer.member("source", customer.source)
            writer.member("test", customer.isTest)
            writer.member("custom", JSON.object(fields.custom))
            writer.name("addresses")
            writer.beginArray()
            for address in addresses { writer.fragment(address) }
            writer.endArray()
            writer.name("questions")
            writer.beginArray()
            if let phone = fields.phone, fields.phoneKey == nil { writer.question(about: phone, in: country) }
            writer.endArray()
        }
    }

    /// A customer as a row of a list.
    static func row(of customer: Customer) -> JSONFragment {
        let fields = customer.fields
        return JSONWriter.object { writer in
            writer.member("id", customer.id.rawValue)
            writer.member("number", customer.number)
            writer.member("name", fields.fullName)
            writer.member("email", fields.email?.spelling)
            writer.member("phone", fields.phone)
            writer.member("country", fields.country?.code)
            writer.activity(of: customer)
            writer.member("joined_at", customer.joinedAt.text)
            writer.member("status", customer.status.rawValue)
            writer.member("account", customer.account.rawValue)
            writer.member("rev", customer.rev)
        }
    }
}

extension JSONWriter {
    /// Asks what a telephone number means that may be several, or none.
    fileprivate mutating func question(about phone: String, in country: Country) {
        let candidates = PhoneNumber.candidates(phone, country: country.code)
        beginObject()
        member("field", "phone")
        member("written", phone)
        member("candidates", candidates)
        member(
            "message",
            candidates.isEmpty
                ? "this is not one whole telephone number; write it as +49…"
                : "did you mean \(candidates.joined(separator: " or "))?")
        endObject()
    }

    /// The members that entity and row share.
    fileprivate mutating func activity(of customer: Customer) {
        member("tags", customer.tags)
        member("groups", customer.groups.map(\.name))
        member("subscribed", customer.isSubscribed)
        member("channels", customer.channels)
        member("orders", customer.orderCount)
        name("totals")
        beginObject()
        for total in customer.totals { member(total.currency.code, total.text) }
        endObject()
    }
}
