public import Storage
public import StrictJSON

/// Reads the fields a shop has defined, and checks what is to be filled in.
public struct FieldReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// All fields, by name.
    public func fields() throws -> [ShopField] {
        try transaction.all("SELECT name, type, choices FROM field ORDER BY name") { row in
            // The column is only ever written from a list of texts.
            let choices = try JSON(parsing: row.text(2)).arrayValue?.compactMap(\.stringValue) ?? []
            return ShopField(name: row.text(0), kind: ShopField.Kind(rawValue: row.text(1)) ?? .text, choices: choices)
        }
    }

    /// Values as the fields keep them; a shop without fields of its own takes whatever there is.
    ///
    /// What stood in `former` already may stay, also where its field is gone.
    ///
    /// - Throws: ``FieldError/unknown(_:known:)``, ``FieldError/badValue(field:reason:)``.
    public func checked(_ custom: [JSON.Member], former: [JSON.Member] = []) throws -> [JSON.Member] {
        let fields = try fields()
        guard !fields.isEmpty else { return custom }
        return try custom.map { member in
            if former.contains(member) { return member }
            guard let field = fields.first(where: { $0.name == member.name }) else {
                throw FieldError.unknown(member.name, known: fields.map(\.name))
            }
            return JSON.Member(name: member.name, value: try field.value(of: member.value))
        }
    }
}
