public import Storage
internal import StrictJSON

/// Defines the shop's own fields.
public struct FieldWriter {
    private static let maximum = 100
    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Defines a field, or gives a choice other words; values that customers have stay as they are.
    ///
    /// - Throws: ``FieldError``.
    public func define(_ field: ShopField) throws {
        let name = field.name.utf8
        guard let first = name.first, Self.isLetter(first), name.count <= 64,
            name.allSatisfy({ Self.isLetter($0) || $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) })
        else { throw FieldError.badName }
        guard field.kind != .choice || !field.choices.isEmpty else { throw FieldError.needsChoices }
        guard field.kind == .choice || field.choices.isEmpty else { throw FieldError.noChoices }
        let known = try FieldReader(transaction.reading).fields()
        if let same = known.first(where: { $0.name == field.name }) {
            guard same.kind == field.kind else { throw FieldError.taken(same.kind) }
        } else if known.count >= Self.maximum {
            throw FieldError.tooMany(maximum: Self.maximum)
        }
        try transaction.execute(
            """
            INSERT INTO field (name, type, choices) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET choices = excluded.choices
            """,
            .text(field.name), .text(field.kind.rawValue),
            .text(JSON.array(field.choices.map { .string($0) }).text))
    }

    /// Takes a field back; what customers have in it stays until it is cleared.
    ///
    /// - Throws: ``FieldError/notFound``.
    public func remove(_ name: String) throws {
        guard try transaction.change("DELETE FROM field WHERE name = ?", .text(name)) > 0 else {
            throw FieldError.notFound
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
}
