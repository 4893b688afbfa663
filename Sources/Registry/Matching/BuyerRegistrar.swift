package import Storage
internal import StrictJSON

/// A buyer with a place in the registry, or without one.
struct RegisteredBuyer {
    let match: Match
    /// What the order keeps of the buyer, a JSON object.
    let snapshot: JSONFragment
    let isTest: Bool
    /// How many orders of this customer count already.
    let earlierOrders: Int64
}

/// Finds or makes the customer of an order; refuses who is denied before anything is written.
package struct BuyerRegistrar {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    package init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// - Throws: ``CustomerError/denied``, ``CustomerError/erased``, ``CustomerError/notFound``.
    func register(_ draft: OrderDraft) throws -> RegisteredBuyer {
        switch draft.buyer {
        case .anonymous:
            try refuseIncomplete(draft, CustomerFields(), nil)
            return alone(snapshot: .emptyObject, draft)
        case .customer(let id):
            let standing = try standing(of: id, draft)
            try refuseIncomplete(draft, CustomerFields(), standing.id)
            let fields = try CustomerReader(transaction.reading).customer(standing.id).fields
            return RegisteredBuyer(
                match: Match(customer: standing.id, reason: .given), snapshot: fields.snapshot, isTest: standing.isTest,
                earlierOrders: standing.orderCount)
        case .described(let description):
            return try register(description, draft)
        }
    }

    /// The customer an order would have, entered if need be; nil for nobody.
    ///
    /// - Throws: What ``register(_:)`` throws.
    package func customer(of draft: OrderDraft) throws -> CustomerID? {
        try register(draft).match.customer
    }

    private func register(_ description: BuyerDescription, _ draft: OrderDraft) throws -> RegisteredBuyer {
        let match = try CustomerMatcher(transaction.reading, occasion.shop).match(description, channel: draft.channel)
        guard let found = match.customer else { return try enter(description, draft) }
        let standing = try standing(of: found, draft)
        try refuseIncomplete(draft, description.fields, found)
        if !draft.isTest, standing.lacks(description.fields) {
            try CustomerWriter(transaction, occasion).fillBlanks(of: found, from: description.fields)
        }
        if let ext = description.ext, match.reason != .externalID { try know(found, as: ext, draft.channel) }
        return RegisteredBuyer(
            match: match, snapshot: description.snapshot, isTest: standing.isTest, earlierOrders: standing.orderCount)
    }

    private func enter(_ description: BuyerDescription, _ draft: OrderDraft) throws -> RegisteredBuyer {
        try refuseDenied(description.fields)
        try refuseIncomplete(draft, description.fields, nil)
        let guestRecord = occasion.shop.policies.guestRecord
        guard guestRecord != .none, !description.fields.isAnonymous || description.ext != nil else {
            return alone(snapshot: description.snapshot, draft)
        }
        let created = try CustomerWriter(transaction, occasion).enter(
            description.fields, source: draft.channel, account: .none, isTest: draft.isTest,
            isKnownByExt: description.ext != nil)
        if guestRecord == .account, description.fields.email != nil, !draft.isTest {
            try AccountWriter(transaction, occasion).invite(created)
        }
        if let ext = description.ext { try know(created, as: ext, draft.channel) }
        return RegisteredBuyer(
            match: Match(customer: created, reason: .created), snapshot: description.snapshot, isTest: draft.isTest,
            earlierOrders: 0)
    }

    private func alone(snapshot: JSONFragment, _ draft: OrderDraft) -> RegisteredBuyer {
        RegisteredBuyer(
            match: Match(customer: nil, reason: .none), snapshot: snapshot, isTest: draft.isTest, earlierOrders: 0)
    }

    private func know(_ customer: CustomerID, as ext: String, _ channel: String) throws {
        try transaction.execute(
            "INSERT INTO customer_ext (channel, ext, customer_id) VALUES (?, ?, ?)",
            .text(channel), .text(ext), .integer(customer.rawValue))
    }

    /// Refuses a buyer who is denied.
    ///
    /// - Throws: ``CustomerError/denied``.
    func refuseDenied(_ draft: OrderDraft) throws {
        switch draft.buyer {
        case .anonymous: break
        case .customer(let id):
            try refuseDenied(id)
        case .described(let description):
            let matcher = CustomerMatcher(transaction.reading, occasion.shop)
            if let customer = try matcher.match(description, channel: draft.channel).customer {
                try refuseDenied(customer)
            } else {
                try refuseDenied(description.fields)
            }
        }
    }

    private func refuseDenied(_ id: CustomerID) throws {
        let customer = try CustomerReader(transaction.reading).record(id)
        if let survivor = customer.mergedInto { return try refuseDenied(survivor) }
        guard customer.status != .denied else { throw CustomerError.denied(publicReason: customer.publicReason) }
    }

    /// Refuses people who are in no registry but denied by their contacts.
    private func refuseDenied(_ fields: CustomerFields) throws {
        if let reasons = try DenialReader(transaction.reading).reasons(against: fields) {
            throw CustomerError.denied(publicReason: reasons.outer)
        }
    }

    /// Refuses an order of whose buyer the channel must know more than it says and the record, if any, holds.
    ///
    /// - Throws: ``CustomerError/incomplete(missing:)``.
    private func refuseIncomplete(_ draft: OrderDraft, _ fields: CustomerFields, _ customer: CustomerID?) throws {
        guard let required = occasion.shop.policies.requiredFieldsByChannel[draft.channel] else { return }
        var missing = fields.missing(required)
        if let customer, !missing.isEmpty {
            let known = try CustomerReader(transaction.reading).customer(customer).fields.missing(required)
            missing = missing.filter(known.contains)
        }
        guard missing.isEmpty else { throw CustomerError.incomplete(missing: missing) }
    }

    /// What is known of the customer; a real order makes a real customer of a test customer.
    private func standing(of id: CustomerID, _ draft: OrderDraft) throws -> CustomerStanding {
        let found = try read(id)
        // Whoever was merged away leads to the survivor.
        if let survivor = found.survivor { return try standing(of: survivor, draft) }
        switch found.status {
        case .active, .disabled: break
        case .denied: throw CustomerError.denied(publicReason: try publicReason(of: id))
        case .erased: throw CustomerError.erased
        }
        guard found.isTest, !draft.isTest else { return found }
        try CustomerTotals(transaction: transaction).makeReal(id)
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.customerUpdated, customer: id) {
            $0.member("fields", ["test"])
        }
        return try read(id)
    }

    private func publicReason(of id: CustomerID) throws -> String? {
        try CustomerReader(transaction.reading).record(id).publicReason
    }

    private func read(_ id: CustomerID) throws -> CustomerStanding {
        let found = try transaction.reading.first(
            """
            SELECT status, is_test, order_count, coalesce(name, first_name, last_name) IS NULL,
                phone IS NULL, country IS NULL, language IS NULL, company IS NULL, vat_id IS NULL, id, merged_into
            FROM customer WHERE id = ?
            """, .integer(id.rawValue), element: CustomerStanding.init)
        guard let found else { throw CustomerError.notFound }
        return found
    }
}

/// What an order must know of its customer.
private struct CustomerStanding {
    let id: CustomerID
    /// Whom this customer was merged into.
    let survivor: CustomerID?
    let status: CustomerStatus
    let isTest: Bool
    let orderCount: Int64
    private let isNameBlank, isPhoneBlank, isCountryBlank, isLanguageBlank, isCompanyBlank, isVATIDBlank: Bool

    init(_ row: Row) {
        status = CustomerStatus(rawValue: row.text(0)) ?? .active
        isTest = row.flag(1)
        orderCount = row.integer(2)
        isNameBlank = row.flag(3)
        isPhoneBlank = row.flag(4)
        isCountryBlank = row.flag(5)
        isLanguageBlank = row.flag(6)
        isCompanyBlank = row.flag(7)
        isVATIDBlank = row.flag(8)
        id = CustomerID(rawValue: row.integer(9))
        survivor = row.integerOrNil(10).map(CustomerID.init(rawValue:))
    }

    /// Whether `fields` know something that the record does not.
    func lacks(_ fields: CustomerFields) -> Bool {
        isNameBlank && fields.fullName != nil || isPhoneBlank && fields.phone != nil
            || isCountryBlank && fields.country != nil || isLanguageBlank && fields.language != nil
            || isCompanyBlank && fields.company != nil || isVATIDBlank && fields.vatID != nil
    }
}

extension CustomerFields {
    /// The contact data an order keeps of a customer of the registry.
    fileprivate var snapshot: JSONFragment {
        JSONWriter.object { writer in
            if let email { writer.member("email", email.spelling) }
            if let fullName { writer.member("name", fullName) }
            if let phone { writer.member("phone", phone) }
            if let company { writer.member("company", company) }
            if let vatID { writer.member("vat_id", vatID) }
            if let country { writer.member("country", country.code) }
        }
    }
}
