internal import StrictJSON

/// The words by which a person could still be told, should they stand where nobody expects them.
struct PersonalTraces {
    /// What gives the person away wherever it stands: addresses, numbers, whole names.
    private var parts: Set<String> = []
    /// What does so only when it is all there is, such as a first name.
    private var wholes: Set<String> = []

    /// Shorter words say nothing.
    private static let least = 4

    init(of customer: Customer) {
        add(customer.fields)
    }

    private mutating func add(_ fields: CustomerFields) {
        for text in [
            fields.email?.spelling, fields.email?.key, fields.phone, fields.phoneKey, fields.fullName, fields.vatID,
        ] {
            addPart(text)
        }
        for text in [fields.name, fields.firstName, fields.lastName, fields.company, fields.birthday] {
            if let text, !text.isEmpty { wholes.insert(Folding.folded(text)) }
        }
    }

    /// Takes in what an order's snapshot says of its buyer; where somebody lives is not enough.
    mutating func add(snapshot: JSON) {
        for member in snapshot.objectValue ?? [] {
            switch member.name {
            case "email", "phone", "name", "vat_id": addPart(member.value.stringValue)
            case "first_name", "last_name", "company":
                if let text = member.value.stringValue, !text.isEmpty { wholes.insert(Folding.folded(text)) }
            default: break
            }
        }
    }

    private mutating func addPart(_ text: String?) {
        guard let text else { return }
        let folded = Folding.folded(text)
        if folded.utf8.count >= Self.least { parts.insert(folded) } else if !folded.isEmpty { wholes.insert(folded) }
    }

    /// The same JSON with null in place of every text that gives the person away.
    func removed(from json: JSON) -> JSON {
        switch json {
        case .null, .bool, .number: json
        case .string(let text): isTrace(text) ? .null : json
        case .array(let items): .array(items.map(removed))
        case .object(let members):
            .object(members.map { JSON.Member(name: $0.name, value: removed(from: $0.value)) })
        }
    }

    private func isTrace(_ text: String) -> Bool {
        let folded = Folding.folded(text)
        return wholes.contains(folded) || parts.contains { folded.contains($0) }
    }
}
