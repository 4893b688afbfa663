internal import Registry
internal import StrictJSON

/// Reads `consent=`: an object {purpose, wording, granted}, a list of them, or true for the newsletter.
enum ConsentArgument {
    /// - Throws: ``CommandError/badValue(_:_:)``.
    static func statements(_ json: JSON?) throws(CommandError) -> [ConsentStatement] {
        switch json {
        case nil, .null, .bool(false): return []
        case .bool(true): return [ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)]
        case .array(let items):
            var statements: [ConsentStatement] = []
            for item in items { statements.append(try statement(item)) }
            return statements
        case .object: return [try statement(json ?? .null)]
        case .string, .number: throw .badValue("consent", "{purpose, wording, granted} is needed")
        }
    }

    private static func statement(_ json: JSON) throws(CommandError) -> ConsentStatement {
        guard let members = json.objectValue else {
            throw .badValue("consent", "{purpose, wording, granted} is needed")
        }
        var statement = ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)
        for member in members where member.value != .null {
            switch (member.name, member.value) {
            case ("purpose", .string(let text)):
                guard let purpose = ConsentPurpose(rawValue: text) else {
                    let words = ConsentPurpose.allCases.map(\.rawValue).joined(separator: ", ")
                    throw .badValue("consent.purpose", "one of \(words) is needed")
                }
                statement.purpose = purpose
            case ("wording", .string(let text)): statement.wording = text
            case ("granted", .bool(let isGranted)): statement.isGranted = isGranted
            default: throw .badValue("consent.\(member.name)", "{purpose, wording, granted} is needed")
            }
        }
        return statement
    }
}
