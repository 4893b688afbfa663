public import Registry

/// How a table is read as customers: which column says what, and where the data begins.
public struct ImportPlan: Sendable, Equatable {
    public private(set) var columns: [ImportColumn]
    /// Whether the first record is a header.
    public let hasHeader: Bool
    /// The order of day and month in each column of dates, where its cells prove one.
    let dateOrders: [Int: DateCell.Order]
    /// The shop's own fields by name; none in a shop that takes whatever there is.
    let shopFields: [String: ShopField]

    /// Records looked at to tell what columns hold.
    public static let sampleSize = 500

    /// Makes a plan from the beginning of a table.
    ///
    /// `given` names fields for columns, by header or by number counted from 1; what it does not name, the header words
    /// and the cells decide. A table without a header is taken as `Name, E-Mail, Password` when the second column holds
    /// e-mail addresses, and as e-mail addresses when there is one column. A column that would fill a field which a
    /// shop with `fields` of its own has not defined is not taken over.
    ///
    /// - Throws: ``ImportPlanError``.
    public init(
        _ sample: [CSVRecord], given: [String: ImportField], takesPasswords: Bool, fields: [ShopField] = []
    ) throws(ImportPlanError) {
        let records = sample.filter { !$0.isBlank }
        guard let first = records.first else { throw .empty }
        let cells = first.fields.map { SpreadsheetText.plain($0).trimmed }
        let hasHeader = !cells.contains(where: Self.isEmail)
        var columns = cells.enumerated().map { index, cell in
            ImportColumn(index: index, header: hasHeader ? cell : "", meaning: .unknown)
        }
        let data = hasHeader ? Array(records.dropFirst()) : records
        if hasHeader {
            for index in columns.indices { columns[index].meaning = HeaderWords.meaning(of: columns[index].header) }
            Self.settleNames(in: &columns)
            Self.settleHouseNumbers(in: &columns)
            Self.settleBirthdays(in: &columns)
        } else if given.isEmpty {
            try Self.guessPositions(of: cells, in: &columns)
        }
        try self.init(
            settling: columns, hasHeader: hasHeader, data, given: given, takesPasswords: takesPasswords, fields)
    }

    /// Makes a plan for an address book.
    ///
    /// - Throws: ``ImportPlanError``.
    public init(
        _ cards: CardSource, given: [String: ImportField], takesPasswords: Bool, fields: [ShopField] = []
    ) throws(ImportPlanError) {
        guard !cards.columns.isEmpty else { throw .empty }
        try self.init(
            settling: cards.columns, hasHeader: false, cards.sample, given: given, takesPasswords: takesPasswords,
            fields)
    }

    /// Applies to columns with a meaning what outweighs it.
    private init(
        settling columns: [ImportColumn], hasHeader: Bool, _ data: [CSVRecord], given: [String: ImportField],
        takesPasswords: Bool, _ fields: [ShopField]
    ) throws(ImportPlanError) {
        var columns = columns
        shopFields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        Self.settleFields(in: &columns, shopFields)
        try Self.apply(given, to: &columns)
        for case .custom(let name) in given.values where !fields.isEmpty && shopFields[name] == nil {
            throw .noField(name)
        }
        Self.withholdSecrets(in: &columns, data)
        if !takesPasswords {
            for index in columns.indices where columns[index].field == .password {
                columns[index].meaning = .withheld(.password)
            }
        }
        self.hasHeader = hasHeader
        self.columns = columns
        var orders: [Int: DateCell.Order] = [:]
        for column in columns where column.mayHoldDates {
            orders[column.index] = DateCell.order(of: data.map { $0.text(column.index) })
        }
        dateOrders = orders
        guard columns.contains(where: { $0.finds }) else { throw .nothingFound(headers: columns.map(\.header)) }
    }

    /// Columns that nothing is done with, and may be mapped.
    public var ignored: [ImportColumn] { columns.filter { $0.meaning == .unknown } }

    /// Columns that are known, and mean nothing here.
    public var leftOut: [(column: ImportColumn, reason: LeftOut)] {
        columns.compactMap { column in
            if case .leftOut(let reason) = column.meaning { return (column, reason) }
            return nil
        }
    }

    /// Columns that are not stored, whatever is asked.
    public var withheld: [ImportColumn] { columns.filter { $0.isWithheld } }

    private static func isEmail(_ cell: String) -> Bool {
        // Any text without an @ is none; the rest is read in earnest.
        cell.utf8.contains(UInt8(ascii: "@")) && (try? EmailAddress(parsing: cell)) != nil
    }

    private static func guessPositions(of cells: [String], in columns: inout [ImportColumn]) throws(ImportPlanError) {
        let order: [ImportField]
        switch cells.count {
        case 1: order = [.email]
        case 2 where isEmail(cells[1]): order = [.name, .email]
        case 3 where isEmail(cells[1]): order = [.name, .email, .password]
        default: throw .noHeader(columns: cells.count)
        }
        for index in columns.indices { columns[index].meaning = .field(order[index]) }
    }

    /// Cells that look like cards or hashed passwords outweigh header and mapping.
    private static func withholdSecrets(in columns: inout [ImportColumn], _ data: [CSVRecord]) {
        for index in columns.indices {
            let found = data.lazy.map { $0.text(index).trimmed }.filter { !$0.isEmpty }.map(SecretShape.secret)
            var filled = 0
            var secrets: [Withheld] = []
            for secret in found {
                filled += 1
                if let secret { secrets.append(secret) }
            }
            // One number in ten has a right check digit by chance.
            let isTrusted = columns[index].field == .externalID || columns[index].field == .phone
            guard let secret = secrets.first, secrets.count * 2 > filled,
                !isTrusted || filled > 2 && secrets.count == filled
            else { continue }
            if columns[index].field == .email || columns[index].isWithheld { continue }
            columns[index].meaning = .withheld(secret)
        }
    }
}

extension ImportColumn {
    /// Whether its cells may be dates.
    fileprivate var mayHoldDates: Bool {
        if case .custom = field { return true }
        return field == .birthday || field == .joined
    }

    /// Whether a cell of it can say who a customer is.
    fileprivate var finds: Bool {
        field.map { [.email, .phone, .externalID, .patronID].contains($0) } ?? false
    }

    /// Whether it is not stored, whatever is asked.
    var isWithheld: Bool {
        if case .withheld = meaning { return true }
        return false
    }
}
