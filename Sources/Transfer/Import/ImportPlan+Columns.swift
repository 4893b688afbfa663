internal import Registry

extension ImportPlan {
    /// Beside a column for first names, one for names holds last names; alone, `Ad` and `İsim` are whole names.
    static func settleNames(in columns: inout [ImportColumn]) {
        let fields = Set(columns.compactMap(\.field))
        guard !fields.contains(.lastName) else { return }
        for index in columns.indices {
            if columns[index].field == .name, fields.contains(.firstName),
                HeaderWords.key(columns[index].header) == "name"
            {
                columns[index].meaning = .field(.lastName)
            }
            let isWhole = ["ad", "adi", "isim"].contains(HeaderWords.key(columns[index].header))
            if isWhole, !fields.contains(.name) { columns[index].meaning = .field(.name) }
        }
    }

    /// What is called `Nr` right behind a street is the number of a house.
    static func settleHouseNumbers(in columns: inout [ImportColumn]) {
        for index in columns.indices.dropFirst() {
            guard case .address(let role, .line1) = columns[index - 1].field,
                ["no", "nr", "number", "nummer"].contains(HeaderWords.key(columns[index].header))
            else { continue }
            columns[index].meaning = .field(.address(role, .houseNumber))
        }
    }

    /// Beside a year of birth, `Birth Day` is no birthday but the day of one.
    static func settleBirthdays(in columns: inout [ImportColumn]) {
        guard columns.contains(where: { $0.field == .birthYear }) else { return }
        for index in columns.indices where columns[index].field == .birthday {
            columns[index].meaning = .field(.birthDay)
        }
    }

    /// A field of the shop takes one column, and none where it is not defined beside others.
    static func settleFields(in columns: inout [ImportColumn], _ fields: [String: ShopField]) {
        var filled: Set<String> = []
        for index in columns.indices {
            guard case .custom(let name) = columns[index].field else { continue }
            let isDefined = fields.isEmpty || fields[name] != nil
            if !isDefined || !filled.insert(name).inserted { columns[index].meaning = .unknown }
        }
    }

    static func apply(_ given: [String: ImportField], to columns: inout [ImportColumn]) throws(ImportPlanError) {
        for (name, field) in given.sorted(by: { $0.key < $1.key }) {
            let key = HeaderWords.key(name)
            let exact = columns.firstIndex { $0.header == name.trimmed && !$0.header.isEmpty }
            let folded = columns.firstIndex { !key.isEmpty && HeaderWords.key($0.header) == key }
            let numbered = Int(name).flatMap { columns.indices.contains($0 - 1) ? $0 - 1 : nil }
            guard let index = exact ?? folded ?? numbered else { throw .noColumn(name) }
            if columns[index].isWithheld { continue }
            let isDisclosed = columns[index].field == .password && field != .password && field != .nothing
            columns[index].meaning = isDisclosed ? .withheld(.password) : .field(field)
        }
    }
}
