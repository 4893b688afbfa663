internal import Storage
internal import StrictJSON

extension OrderWriter {
    /// Copies addresses of the book that the order refers to into what it keeps of the buyer, and puts those it writes
    /// into the book.
    ///
    /// - Throws: ``AddressError/notFound`` for a reference to an address that is not in the buyer's book.
    func settleAddresses(_ draft: OrderDraft, _ buyer: RegisteredBuyer) throws -> RegisteredBuyer {
        guard !draft.addresses.isEmpty else { return buyer }
        var snapshot: [JSON.Member]?
        for address in draft.addresses {
            switch address.place {
            case .book(let id):
                let copy = try addressOfBook(id, of: buyer.match.customer)
                // A snapshot is only ever written from an object.
                var members = try snapshot ?? JSON(parsing: buyer.snapshot.bytes).objectValue ?? []
                members.removeAll { $0.name == address.use.rawValue }
                snapshot = members + [JSON.Member(name: address.use.rawValue, value: copy.json)]
            case .written(let fields):
                guard let customer = buyer.match.customer, !draft.isTest || buyer.isTest else { continue }
                try AddressWriter(transaction, occasion).enter(
                    fields, for: customer, called: try name(of: customer, draft), source: draft.channel)
            }
        }
        guard let snapshot else { return buyer }
        return RegisteredBuyer(
            match: buyer.match, snapshot: JSONFragment(of: .object(snapshot)), isTest: buyer.isTest,
            earlierOrders: buyer.earlierOrders)
    }

    private func addressOfBook(_ id: AddressID, of customer: CustomerID?) throws -> AddressFields {
        let address = try AddressReader(transaction.reading).address(id)
        guard let customer, address.customer == customer else { throw AddressError.notFound }
        return address.fields
    }

    /// What the order calls its buyer.
    private func name(of customer: CustomerID, _ draft: OrderDraft) throws -> String? {
        switch draft.buyer {
        case .described(let description): description.fields.fullName
        case .customer, .anonymous: try CustomerReader(transaction.reading).customer(customer).fields.fullName
        }
    }
}
