internal import Storage

extension ConsentWriter {
    /// Says for good which text a version stands for; the same again changes nothing.
    ///
    /// - Throws: ``ConsentError/wordingTaken(version:)``, ``ConsentError/blankWording``.
    public func enterWording(_ text: String, version: String, purpose: ConsentPurpose) throws -> ConsentWording {
        guard !text.allSatisfy(\.isWhitespace), !version.allSatisfy(\.isWhitespace) else {
            throw ConsentError.blankWording
        }
        if let known = try reader.wording(version, purpose: purpose) {
            guard known.text.utf8.elementsEqual(text.utf8) else { throw ConsentError.wordingTaken(version: version) }
            return known
        }
        try transaction.execute(
            "INSERT INTO consent_wording (purpose, version, text, actor, at) VALUES (?, ?, ?, ?, ?)",
            .text(purpose.rawValue), .text(version), .text(text), .text(occasion.actor.description),
            .integer(occasion.at.seconds))
        return ConsentWording(
            purpose: purpose, version: version, text: text, actor: occasion.actor.description, at: occasion.at)
    }
}

extension ConsentReader {
    /// The text a version stands for, nil when nobody said.
    public func wording(_ version: String, purpose: ConsentPurpose) throws -> ConsentWording? {
        try transaction.first(
            "SELECT purpose, version, text, actor, at FROM consent_wording WHERE purpose = ? AND version = ?",
            .text(purpose.rawValue), .text(version), element: Self.wording)
    }

    /// Wordings after one of them, by purpose and version.
    public func wordings(afterPurpose purpose: String, version: String, limit: Int) throws -> [ConsentWording] {
        try transaction.all(
            """
            SELECT purpose, version, text, actor, at FROM consent_wording
            WHERE (purpose, version) > (?, ?) ORDER BY purpose, version LIMIT ?
            """, .text(purpose), .text(version), .integer(Int64(limit)), element: Self.wording)
    }

    private static func wording(_ row: Row) -> ConsentWording {
        ConsentWording(
            purpose: ConsentPurpose(rawValue: row.text(0)) ?? .newsletter, version: row.text(1), text: row.text(2),
            actor: row.text(3), at: Instant(seconds: row.integer(4)))
    }
}
