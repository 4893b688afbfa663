internal import Storage
internal import StrictJSON

extension ConsentWriter {
    /// Notes that nobody can be reached there: nothing more is sent until the person subscribes anew.
    ///
    /// An objection stays what it is.
    ///
    /// - Throws: `StorageError`.
    public func bounced(_ customer: CustomerID, purpose: ConsentPurpose = .newsletter) throws {
        let status = try reader.state(of: customer, for: purpose)?.status
        guard status?.isObjection != true else { return }
        let statement = ConsentStatement(purpose: purpose, isGranted: false, wording: nil)
        try object(Entry(statement, .bounce, channel: nil), by: customer, because: .bounced)
    }

    /// Unsubscribes whoever called a mail unwanted: from the newsletter, and from all else that was ever agreed to.
    func complained(_ customer: CustomerID) throws {
        for purpose in ConsentPurpose.allCases {
            let status = try reader.state(of: customer, for: purpose)?.status
            guard status.map({ !$0.isObjection }) ?? (purpose == .newsletter) else { continue }
            let statement = ConsentStatement(purpose: purpose, isGranted: false, wording: nil)
            try object(Entry(statement, .complaint, channel: nil), by: customer, because: .unsubscribed)
        }
    }

    /// Unsubscribes whoever an unsubscribe link is for; who has objected already has done so, and nothing is written.
    ///
    /// - Throws: ``TicketError/unknown`` for a token that is not this tenant's.
    public func unsubscribe(_ token: TokenSecret) throws -> ConsentPurpose {
        guard let link = try UnsubscribeLink(token, transaction.reading, of: occasion.shop) else {
            throw TicketError.unknown
        }
        // The link of somebody merged away is the survivor's.
        let customer = try CustomerReader(transaction.reading).survivor(of: link.customer)
        let status = try reader.state(of: customer, for: link.purpose)?.status
        // An erased or purged person gets no mail any more either.
        guard status != .unsubscribed, status != .erased,
            try transaction.reading.exists(
                "SELECT 1 FROM customer WHERE id = ? AND status <> 'erased'", .integer(customer.rawValue))
        else { return link.purpose }
        let statement = ConsentStatement(purpose: link.purpose, isGranted: false, wording: nil)
        try object(Entry(statement, .person, channel: nil), by: customer, because: .unsubscribed)
        return link.purpose
    }

    /// Enters an objection, in the record and on the suppression list.
    func object(_ entry: Entry, by customer: CustomerID, because reason: SuppressionReason) throws {
        let purpose = entry.statement.purpose
        let subject = try subject(customer)
        // What a test customer says says nothing of the real person at the address.
        if !subject.isTest {
            try SuppressionWriter(transaction: transaction).enter(
                subject.fields.contacts(for: purpose), for: purpose, because: reason, at: occasion.at)
        }
        if purpose == .newsletter { try TicketWriter(transaction, occasion).withdraw(.confirmConsent, of: customer) }
        try keep(entry, by: customer, as: reason.status)
    }

    /// Lets a record whose contact is new, or has changed from a former one, show what the suppression list knows.
    ///
    /// A question that went to another address cannot be answered any more.
    func heed(_ fields: CustomerFields, insteadOf former: CustomerFields?, of customer: CustomerID) throws {
        if let former, former.email?.key != fields.email?.key {
            try TicketWriter(transaction, occasion).withdraw(.confirmConsent, of: customer)
        }
        for suppression in try SuppressionReader(transaction.reading).suppressions(of: fields.contacts) {
            let status = try reader.state(of: customer, for: suppression.purpose)?.status
            guard status?.isObjection != true else { continue }
            let statement = ConsentStatement(purpose: suppression.purpose, isGranted: false, wording: nil)
            let entry = Entry(statement, .suppression, channel: nil)
            try write(suppression.reason.status, suppression.purpose, of: customer)
            try prove(entry, by: customer, led: ConsentEvidence.suppressed)
            try tell(.consentSuppressed, entry, of: customer)
        }
    }
}
