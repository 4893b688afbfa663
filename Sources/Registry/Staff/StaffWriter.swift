public import Storage
internal import StrictJSON

/// Adds members of staff and lets them go.
public struct StaffWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let reader: StaffReader
    private let timeline: TimelineWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = StaffReader(transaction.reading)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Adds a member; who left and comes back is the same member again.
    ///
    /// - Throws: ``StaffError/badName``, ``StaffError/exists``.
    public func add(_ name: String, display: String?, email: EmailAddress?) throws -> StaffMember {
        guard Self.isName(name) else { throw StaffError.badName }
        let former = try reader.find(name)
        if let former {
            guard former.removedAt != nil else { throw StaffError.exists }
            try transaction.execute(
                "UPDATE staff SET name = ?, removed_at = NULL WHERE id = ?", .text(name), .integer(former.id.rawValue))
            try set(former.id, display: display ?? former.display, email: email ?? former.email)
        } else {
            _ = try transaction.insert(
                "INSERT INTO staff (name, name_key, display, email, email_key, added_at) VALUES (?, ?, ?, ?, ?, ?)",
                .text(name), .text(Folding.folded(name)), .text(display ?? name), .text(orNull: email?.spelling),
                .text(orNull: email?.key), .integer(occasion.at.seconds))
        }
        try timeline.append(.staffAdded) { $0.member("staff", name) }
        return try reader.member(named: name)
    }

    /// Changes what people read of a member; nil leaves as is.
    ///
    /// - Throws: ``StaffError/notFound``, also for who has left.
    public func update(_ id: StaffID, display: String?, email: EmailAddress?) throws -> StaffMember {
        let member = try present(id)
        try set(id, display: display ?? member.display, email: email ?? member.email)
        try timeline.append(.staffUpdated) { $0.member("staff", member.name) }
        return try reader.member(id)
    }

    /// Lets a member go; the name stays with whatever the member did.
    ///
    /// - Throws: ``StaffError/notFound``, also for who has left already.
    public func remove(_ id: StaffID) throws -> StaffMember {
        let member = try present(id)
        try transaction.execute(
            "UPDATE staff SET removed_at = ? WHERE id = ?", .integer(occasion.at.seconds), .integer(id.rawValue))
        try timeline.append(.staffRemoved) { $0.member("staff", member.name) }
        return try reader.member(id)
    }

    /// Whether a text may name a member of staff.
    public static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
            && !Folding.folded(text).isEmpty
    }

    private func present(_ id: StaffID) throws -> StaffMember {
        let member = try reader.member(id)
        guard member.removedAt == nil else { throw StaffError.notFound }
        return member
    }

    private func set(_ id: StaffID, display: String, email: EmailAddress?) throws {
        try transaction.execute(
            "UPDATE staff SET display = ?, email = ?, email_key = ? WHERE id = ?", .text(display),
            .text(orNull: email?.spelling), .text(orNull: email?.key), .integer(id.rawValue))
    }
}
