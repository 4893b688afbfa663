internal import Storage

/// Reads and writes the surviving record of a merge, and what is kept to undo it.
struct MergeRecords {
    /// Which of the two states a merge keeps of the survivor.
    enum Moment: String {
        case before
        case after
    }

    let transaction: WriteTransaction

    func side(of customer: CustomerID) throws -> MergeSide {
        let found = try transaction.reading.first(
            """
            SELECT email_seat, email_verified_at, public_reason, name, first_name, last_name, email, phone, phone_key,
                country, language, company, vat_id, tax_exempt, birthday, custom, status, deny_reason, account,
                joined_at, 0, 0, 0, 0, email_key
            FROM customer WHERE id = ?
            """, .integer(customer.rawValue), element: MergeSide.init)
        guard let found else { throw CustomerError.notFound }
        return found
    }

    /// Writes the record; the e-mail address must be free.
    func put(_ side: MergeSide, to customer: CustomerID) throws {
        let fields = side.fields
        try transaction.execute(
            """
            UPDATE customer SET rev = rev + 1, name = ?, first_name = ?, last_name = ?, name_key = ?, email = ?,
                email_key = ?, email_seat = ?, email_verified_at = ?, phone = ?, phone_key = ?, country = ?,
                language = ?, company = ?, vat_id = ?, tax_exempt = ?, birthday = ?, custom = ?, status = ?,
                deny_reason = ?, public_reason = ?, account = ?, joined_at = ?
            WHERE id = ?
            """,
            .text(orNull: fields.name), .text(orNull: fields.firstName), .text(orNull: fields.lastName),
            .text(fields.nameKey), .text(orNull: fields.email?.spelling), .text(orNull: fields.email?.key),
            .integer(side.seat), .integer(orNull: side.verifiedAt), .text(orNull: fields.phone),
            .text(orNull: fields.phoneKey), .text(orNull: fields.country?.code), .text(orNull: fields.language),
            .text(orNull: fields.company), .text(orNull: fields.vatID), .flag(fields.taxExempt),
            .text(orNull: fields.birthday), .text(fields.customText), .text(side.standing.status.rawValue),
            .text(orNull: side.standing.reason), .text(orNull: side.standing.publicReason),
            .text(side.account.rawValue), .integer(side.joinedAt), .integer(customer.rawValue))
    }

    /// The state that the merge of `from` keeps of its survivor.
    ///
    /// - Throws: ``MergeError/expired`` when it is kept no longer.
    func side(_ moment: Moment, of from: CustomerID) throws -> MergeSide {
        let found = try transaction.reading.first(
            """
            SELECT email_seat, email_verified_at, public_reason, name, first_name, last_name, email, phone, phone_key,
                country, language, company, vat_id, tax_exempt, birthday, custom, status, deny_reason, account,
                joined_at, 0, 0, 0, 0, email_key
            FROM customer_merge_side WHERE from_id = ? AND side = ?
            """, .integer(from.rawValue), .text(moment.rawValue), element: MergeSide.init)
        guard let found else { throw MergeError.expired }
        return found
    }

    /// Keeps a state of the survivor for the merge of `from`.
    func keep(_ side: MergeSide, _ moment: Moment, of from: CustomerID) throws {
        let fields = side.fields
        try transaction.execute(
            """
            INSERT INTO customer_merge_side (from_id, side, name, first_name, last_name, email, email_key, email_seat,
                email_verified_at, phone, phone_key, country, language, company, vat_id, tax_exempt, birthday, custom,
                status, deny_reason, public_reason, account, joined_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (from_id, side) DO UPDATE SET name = excluded.name, first_name = excluded.first_name,
                last_name = excluded.last_name, email = excluded.email, email_key = excluded.email_key,
                email_seat = excluded.email_seat, email_verified_at = excluded.email_verified_at,
                phone = excluded.phone, phone_key = excluded.phone_key, country = excluded.country,
                language = excluded.language, company = excluded.company, vat_id = excluded.vat_id,
                tax_exempt = excluded.tax_exempt, birthday = excluded.birthday, custom = excluded.custom,
                status = excluded.status, deny_reason = excluded.deny_reason, public_reason = excluded.public_reason,
                account = excluded.account, joined_at = excluded.joined_at
            """,
            .integer(from.rawValue), .text(moment.rawValue), .text(orNull: fields.name),
            .text(orNull: fields.firstName),
            .text(orNull: fields.lastName), .text(orNull: fields.email?.spelling), .text(orNull: fields.email?.key),
            .integer(side.seat), .integer(orNull: side.verifiedAt), .text(orNull: fields.phone),
            .text(orNull: fields.phoneKey), .text(orNull: fields.country?.code), .text(orNull: fields.language),
            .text(orNull: fields.company), .text(orNull: fields.vatID), .flag(fields.taxExempt),
            .text(orNull: fields.birthday), .text(fields.customText), .text(side.standing.status.rawValue),
            .text(orNull: side.standing.reason), .text(orNull: side.standing.publicReason),
            .text(side.account.rawValue), .integer(side.joinedAt))
    }

    /// Deletes all that is kept to undo the merge of `from`.
    func delete(_ from: CustomerID) throws {
        let id = Value.integer(from.rawValue)
        try transaction.execute("DELETE FROM customer_merge_row WHERE from_id = ?", id)
        try transaction.execute("DELETE FROM customer_merge_side WHERE from_id = ?", id)
        try transaction.execute("DELETE FROM customer_merge WHERE from_id = ?", id)
    }

    /// Forgets how to undo merges made before `time`, some at a time; the customers stay merged.
    func forget(before time: Int64) throws {
        let old = try transaction.reading.all(
            """
            SELECT from_id FROM customer_merge WHERE merged_at < ? AND from_id IN (
                SELECT from_id FROM customer_merge_side) LIMIT 10
            """, .integer(time), element: CustomerReader.id)
        for from in old {
            try transaction.execute("DELETE FROM customer_merge_row WHERE from_id = ?", .integer(from.rawValue))
            try transaction.execute("DELETE FROM customer_merge_side WHERE from_id = ?", .integer(from.rawValue))
        }
    }
}
