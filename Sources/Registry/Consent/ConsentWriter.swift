public import Storage
internal import StrictJSON

/// Records what customers agree to, with evidence.
///
/// An objection outweighs every grant but what the person says anew: in the own account, in a checkout that is younger
/// than the objection, or to staff who name the text that was agreed to. What comes from an import, a merge or an older
/// order is taken down and changes nothing.
public struct ConsentWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: ConsentReader

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = ConsentReader(transaction.reading)
    }

    /// Takes a statement down; the evidence grows even when the state stays as it was.
    ///
    /// Where the tenant wants a double opt-in, a grant for the newsletter waits for its confirmation, and one mail asks
    /// for it.
    ///
    /// - Parameters:
    ///   - statement: What was said.
    ///   - customer: Who said it.
    ///   - origin: How it reached the registry; nil for what the occasion's actor makes of it.
    ///   - channel: Where it was said, nil when staff entered it.
    ///   - order: The order in whose checkout it was said.
    ///   - saidAt: When it was said, nil for now.
    /// - Throws: ``ConsentError/objected(since:)`` when staff name no text, else `StorageError`.
    public func record(
        _ statement: ConsentStatement, by customer: CustomerID, origin: ConsentOrigin? = nil, channel: String?,
        order: OrderID? = nil, saidAt: Instant? = nil
    ) throws {
        var entry = Entry(statement, origin ?? ConsentOrigin(of: occasion.actor), channel: channel)
        entry.order = order
        entry.saidAt = saidAt.map { Instant(seconds: min($0.seconds, occasion.at.seconds)) }
        guard statement.isGranted else { return try object(entry, by: customer, because: .unsubscribed) }
        try grant(entry, by: customer)
    }

    private func grant(_ entry: Entry, by customer: CustomerID) throws {
        let state = try reader.state(of: customer, for: entry.statement.purpose)
        let objection = try objection(of: customer, state, entry.statement.purpose)
        if let objection {
            guard try isNew(entry, since: objection) else { return try refuse(entry, by: customer, state) }
        }
        guard state?.status != .subscribed else { return try keep(entry, by: customer, as: .subscribed) }
        // A confirmation shows that whoever asked owns the address, so it is for what goes to an address.
        if entry.statement.purpose == .newsletter, occasion.shop.policies.doubleOptIn {
            try keep(entry, by: customer, as: .pending)
            if entry.origin != .import { try askForConfirmation(entry, of: customer) }
            return
        }
        // Who is asked already has not answered for being in a file.
        if entry.origin == .import, state?.status == .pending { return try keep(entry, by: customer, as: .pending) }
        try settle(entry, by: customer, hadObjected: objection != nil)
    }

    /// Subscribes for good; the suppression list forgets what came before.
    func settle(_ entry: Entry, by customer: CustomerID, hadObjected: Bool) throws {
        if hadObjected {
            try SuppressionWriter(transaction: transaction).lift(
                subject(customer).fields.contacts, for: entry.statement.purpose)
        }
        try keep(entry, by: customer, as: .subscribed)
    }

    /// The youngest objection there is, of this record or of an earlier one with the same contact.
    func objection(of customer: CustomerID, _ state: ConsentState?, _ purpose: ConsentPurpose) throws -> Instant? {
        let own = try state.flatMap { state in
            try state.status.isObjection
                ? max(state.changedAt, reader.lastObjection(of: customer, purpose) ?? state.changedAt) : nil
        }
        guard try TenantSecret.key(.suppression, transaction.reading) != nil else { return own }
        let listed = try SuppressionReader(transaction.reading).suppressions(of: subject(customer).fields.contacts)
            .first { $0.purpose == purpose }?.at
        return [own, listed].compactMap(\.self).max()
    }

    /// Whether the person has spoken since the objection.
    ///
    /// - Throws: ``ConsentError/objected(since:)``: staff are told, a program's order or file is not stopped.
    private func isNew(_ entry: Entry, since objection: Instant) throws -> Bool {
        switch entry.origin {
        case .person: return true
        case .checkout:
            // Anybody can type an address: only who shows the text that was agreed to is believed.
            guard entry.statement.wording != nil else { return false }
            return entry.saidAt.map { $0.seconds > objection.seconds } ?? true
        case .staff:
            guard entry.statement.wording != nil else { throw ConsentError.objected(since: objection) }
            return true
        case .import, .merge, .complaint, .bounce, .suppression, .erasure: return false
        }
    }

    /// Takes down that a grant counted for nothing; the record shows the objection that outweighs it.
    private func refuse(_ entry: Entry, by customer: CustomerID, _ state: ConsentState?) throws {
        if state?.status.isObjection != true { try write(.unsubscribed, entry.statement.purpose, of: customer) }
        try prove(entry, by: customer, led: ConsentEvidence.suppressed)
        try tell(.consentSuppressed, entry, of: customer)
    }
}
