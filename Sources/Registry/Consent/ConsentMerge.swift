internal import Storage

/// Decides where the survivor of two customers stands: the strictest wins, and un-merging raises nothing.
struct ConsentMerge {
    private typealias State = (status: ConsentStatus, changedAt: Int64)

    private let transaction: WriteTransaction
    private let occasion: Occasion

    init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Brings the states of both together.
    ///
    /// A no counts wherever it was said. A yes counts for the address or number it was said about: where the survivor
    /// keeps another one, nobody was asked about that.
    ///
    /// - Parameters:
    ///   - from: Who is merged away, as it was.
    ///   - into: Who stays, as it was.
    ///   - fields: What the survivor's fields are to be.
    /// - Throws: `StorageError`.
    func merge(_ from: Customer, into: Customer, keeping fields: CustomerFields) throws {
        for purpose in ConsentPurpose.allCases {
            let (own, other) = (try state(of: into.id, purpose), try state(of: from.id, purpose))
            guard own != nil || other != nil else { continue }
            let kept = purpose.contact(of: fields)
            let heard = [
                own.flatMap { $0.status == .unsubscribed || purpose.contact(of: into.fields) == kept ? $0 : nil },
                other.flatMap { $0.status == .unsubscribed || purpose.contact(of: from.fields) == kept ? $0 : nil },
            ]
            let merged = heard.compactMap(\.self).max { $0.status.strictness < $1.status.strictness }
            try put(nil, of: from.id, purpose)
            if merged?.status != own?.status { try put(merged, of: into.id, purpose, isEvident: true) }
            try note(other, as: "consent.from", of: from.id, purpose)
            try note(own, as: "consent.into", of: from.id, purpose)
            try note(try state(of: into.id, purpose), as: "consent.after", of: from.id, purpose)
        }
    }

    /// Gives both their states back, as far as that is no more than the survivor stands for now.
    func unmerge(_ from: CustomerID, from into: CustomerID) throws {
        for purpose in ConsentPurpose.allCases {
            let current = try state(of: into, purpose)
            if let other = try noted("consent.from", of: from, purpose) {
                let isMore = other.status.level > current?.status.level ?? 0
                try put(isMore ? current : other, of: from, purpose, isEvident: isMore)
            }
            let after = try noted("consent.after", of: from, purpose)
            guard after?.status == current?.status, after?.changedAt == current?.changedAt else { continue }
            let own = try noted("consent.into", of: from, purpose)
            let isMore = own?.status.level ?? 0 > current?.status.level ?? 0
            if !isMore, own?.status != current?.status { try put(own, of: into, purpose, isEvident: true) }
        }
    }

    private func state(of customer: CustomerID, _ purpose: ConsentPurpose) throws -> State? {
        try transaction.reading.first(
            "SELECT status, changed_at FROM consent WHERE customer_id = ? AND purpose = ?",
            .integer(customer.rawValue), .text(purpose.rawValue)
        ) { (ConsentStatus(rawValue: $0.text(0)) ?? .unsubscribed, $0.integer(1)) }
    }

    /// Sets a state, or with nil takes it out; an evident change enters the evidence.
    private func put(
        _ state: State?, of customer: CustomerID, _ purpose: ConsentPurpose, isEvident: Bool = false
    ) throws {
        if let state {
            try transaction.execute(
                """
                INSERT INTO consent (customer_id, purpose, status, changed_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (customer_id, purpose) DO UPDATE
                SET status = excluded.status, changed_at = excluded.changed_at
                """,
                .integer(customer.rawValue), .text(purpose.rawValue), .text(state.status.rawValue),
                .integer(state.changedAt))
        } else {
            try transaction.execute(
                "DELETE FROM consent WHERE customer_id = ? AND purpose = ?", .integer(customer.rawValue),
                .text(purpose.rawValue))
        }
        guard isEvident else { return }
        try transaction.execute(
            """
            INSERT INTO consent_evidence (customer_id, purpose, status, actor, at, origin) VALUES (?, ?, ?, ?, ?, ?)
            """,
            .integer(customer.rawValue), .text(purpose.rawValue), .text(state?.status.rawValue ?? "none"),
            .text(occasion.actor.description), .integer(occasion.at.seconds), .text(ConsentOrigin.merge.rawValue))
    }

    private func note(
        _ state: State?, as part: String, of from: CustomerID, _ purpose: ConsentPurpose
    ) throws {
        guard let state else { return }
        try transaction.execute(
            "INSERT INTO customer_merge_row (from_id, part, key, detail) VALUES (?, ?, ?, ?)",
            .integer(from.rawValue), .text(part), .text(purpose.rawValue),
            .text("\(state.status.rawValue) \(state.changedAt)"))
    }

    private func noted(_ part: String, of from: CustomerID, _ purpose: ConsentPurpose) throws -> State? {
        let detail = try transaction.reading.first(
            "SELECT detail FROM customer_merge_row WHERE from_id = ? AND part = ? AND key = ?",
            .integer(from.rawValue), .text(part), .text(purpose.rawValue)
        ) { $0.text(0) }
        guard let words = detail?.split(separator: " "), words.count == 2, let changedAt = Int64(words[1]) else {
            return nil
        }
        return (ConsentStatus(rawValue: String(words[0])) ?? .unsubscribed, changedAt)
    }
}

extension ConsentPurpose {
    /// The address or number that a consent is about; the same for everybody where it is about neither.
    fileprivate func contact(of fields: CustomerFields) -> String? {
        switch self {
        case .newsletter: fields.email?.key
        case .sms, .phone: fields.phoneKey ?? fields.phone
        case .post: nil
        }
    }
}

extension ConsentStatus {
    /// The greater wins over the smaller when two customers become one.
    fileprivate var strictness: Int {
        switch self {
        case .subscribed: 0
        case .pending: 1
        case .bounced: 2
        case .unsubscribed: 3
        case .erased: 4
        }
    }

    /// How much it allows; 0 is nothing, as where nobody was asked.
    fileprivate var level: Int {
        switch self {
        case .subscribed: 2
        case .pending: 1
        case .bounced, .unsubscribed, .erased: 0
        }
    }
}
