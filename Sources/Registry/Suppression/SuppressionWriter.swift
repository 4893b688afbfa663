internal import Storage

/// Keeps the suppression list.
struct SuppressionWriter {
    let transaction: WriteTransaction

    /// Enters contacts for a purpose; the youngest objection counts.
    func enter(_ contacts: [Contact], for purpose: ConsentPurpose, because reason: SuppressionReason, at: Instant)
        throws
    {
        guard !contacts.isEmpty else { return }
        let hmac = HMAC(key: try TenantSecret.madeKey(.suppression, transaction))
        for contact in contacts {
            try enter(hmac.hash(contact.bytes), purpose, reason, at)
        }
    }

    /// Takes contacts off the list for a purpose, because the person has agreed since.
    func lift(_ contacts: [Contact], for purpose: ConsentPurpose) throws {
        guard !contacts.isEmpty, let key = try TenantSecret.key(.suppression, transaction.reading) else { return }
        let hmac = HMAC(key: key)
        for contact in contacts {
            try transaction.execute(
                "DELETE FROM suppression WHERE hash = ? AND purpose = ?", .blob(hmac.hash(contact.bytes)),
                .text(purpose.rawValue))
        }
    }

    /// A bounce says nothing of the person's will, so it does not replace an objection.
    func enter(_ hash: [UInt8], _ purpose: ConsentPurpose, _ reason: SuppressionReason, _ at: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO suppression (hash, purpose, reason, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (hash, purpose) DO UPDATE SET at = max(at, excluded.at),
                reason = CASE WHEN excluded.reason = 'bounced' THEN reason ELSE excluded.reason END
            """, .blob(hash), .text(purpose.rawValue), .text(reason.rawValue), .integer(at.seconds))
    }
}
