internal import Storage
internal import StrictJSON

/// Rows of an imported table, most of them as packed values: a big import holds many at a time.
///
/// A row that says nothing but what is in the record itself, and is found by its e-mail address, stands as the values that
/// it enters; read it back where that does not do.
public struct ImportRows: Sendable, RandomAccessCollection {
    private struct Entry: Sendable {
        /// Where its values begin, or, below 0, which of the others it is: -1 the first.
        let place: Int
        let row: Int32
        /// 0 for none.
        let earlierRow: Int32
    }

    private(set) var values = PackedValues()
    private var entries: [Entry] = []
    private var others: [ImportedCustomer] = []

    /// About how many bytes a row takes.
    private static let size = 80

    public init() {}

    public init(_ customers: [ImportedCustomer]) {
        for customer in customers { append(customer) }
    }

    public var startIndex: Int { 0 }

    public var endIndex: Int { entries.count }

    /// Makes room for so many rows.
    public mutating func reserve(_ count: Int) {
        values.reserve(count * Self.size)
        entries.reserveCapacity(count)
    }

    public mutating func append(_ customer: ImportedCustomer) {
        var place = values.end
        if customer.isPlain, customer.id == nil, customer.fields.email != nil {
            values.append(record: customer)
        } else {
            others.append(customer)
            place = -others.count
        }
        entries.append(
            Entry(
                place: place, row: Int32(clamping: customer.row), earlierRow: Int32(clamping: customer.earlierRow ?? 0))
        )
    }

    public subscript(index: Int) -> ImportedCustomer {
        let entry = entries[index]
        guard entry.place >= 0 else { return others[-entry.place - 1] }
        var customer = values.read(from: entry.place) { ImportedCustomer(record: &$0) }
        customer.row = Int(entry.row)
        customer.earlierRow = entry.earlierRow == 0 ? nil : Int(entry.earlierRow)
        return customer
    }

    /// Where a row's values begin; nil where they are not packed.
    func place(of index: Int) -> PackedValues.Place? {
        let place = entries[index].place
        return place < 0 ? nil : place
    }

    /// Calls `body` with each row that is not packed, to change it or take it out.
    public mutating func changeOthers(_ body: (inout ImportedCustomer) throws -> Void) rethrows {
        for index in others.indices { try body(&others[index]) }
    }

    /// Where the values of some rows begin; nil where not all of them are packed.
    func places(of indexes: Range<Int>) -> [PackedValues.Place]? {
        let places = entries[indexes].map(\.place)
        return places.allSatisfy { $0 >= 0 } ? places : nil
    }

    /// The rows that stand at these indexes, in their order.
    ///
    /// Their values stay where they are, and are there for as long as any of those who share them.
    public func picking(_ indexes: ArraySlice<Int32>) -> ImportRows {
        var picked = ImportRows()
        picked.values = values
        picked.entries.reserveCapacity(indexes.count)
        for index in indexes {
            let entry = entries[Int(index)]
            if entry.place < 0 {
                picked.append(others[-entry.place - 1])
            } else {
                picked.entries.append(entry)
            }
        }
        return picked
    }

    /// The indexes by e-mail address, those with the same as they stand; nil where another key may decide.
    ///
    /// Addresses with the same first five bytes are neighbours, if not in order.
    public func orderByEmail() -> [Int32]? {
        guard others.allSatisfy({ $0.id == nil && $0.ext == nil && $0.fields.email != nil }) else { return nil }
        // Five bytes of the address, behind them the index.
        var keys = [UInt64](unsafeUninitializedCapacity: entries.count) { keys, count in
            values.read(from: 0) { reader in
                for (index, entry) in entries.enumerated() {
                    let prefix: UInt64
                    if entry.place < 0 {
                        prefix = Self.prefix(of: others[-entry.place - 1])
                    } else {
                        reader.move(to: entry.place)
                        prefix = reader.emailPrefix()
                    }
                    keys.initializeElement(at: index, to: prefix & ~Self.indexMask | UInt64(index))
                }
                count = entries.count
            }
        }
        precondition(keys.count <= Self.indexMask, "so many rows are not held")
        DigitSort.sort(&keys, from: Self.indexBits, digits: 3)
        return keys.map { Int32($0 & Self.indexMask) }
    }

    private static let indexBits: UInt64 = 24
    private static let indexMask: UInt64 = 1 << indexBits - 1

    private static func prefix(of customer: ImportedCustomer) -> UInt64 {
        var record = PackedValues()
        record.append(record: customer)
        return record.read(from: 0) { $0.emailPrefix() }
    }
}

extension PackedValues.Reader {
    /// The first bytes of the e-mail address of a row that comes next; see ``textPrefix()``.
    fileprivate mutating func emailPrefix() -> UInt64 {
        // What stands before it in the record.
        _ = integer()
        return textPrefix()
    }
}

extension PackedValues {
    /// Adds what a row enters into a customer's record.
    mutating func append(record row: ImportedCustomer) {
        let fields = row.fields
        append(row.joinedAt?.seconds)
        append(fields.email?.key)
        append(fields.email?.spelling, orAgain: fields.email?.key)
        append(fields.name)
        append(fields.firstName)
        append(fields.lastName)
        append(row.nameKey)
        append(fields.phone)
        append(fields.phoneKey, orAgain: fields.phone)
        append(fields.country?.code)
        append(fields.language)
        append(fields.company)
        append(fields.vatID)
        append(fields.taxExempt ? 1 : 0)
        append(fields.birthday)
        append(fields.customText)
        append(row.isTest ? 1 : 0)
    }
}

extension ImportedCustomer {
    /// Reads what ``PackedValues/append(record:)`` wrote.
    fileprivate init(record: inout PackedValues.Reader) {
        self.init(row: 0)
        joinedAt = record.integer().map(Instant.init(seconds:))
        let key = record.text()
        if let key, let spelling = record.text() { fields.email = EmailAddress(storedSpelling: spelling, key: key) }
        fields.name = record.text()
        fields.firstName = record.text()
        fields.lastName = record.text()
        nameKey = record.text() ?? ""
        fields.phone = record.text()
        fields.phoneKey = record.text()
        fields.country = record.text().map(Country.init(stored:))
        fields.language = record.text()
        fields.company = record.text()
        fields.vatID = record.text()
        fields.taxExempt = record.integer() == 1
        fields.birthday = record.text()
        let custom = record.text() ?? "{}"
        if custom != "{}", let members = (try? JSON(parsing: custom))?.objectValue {
            // It is written from a parsed object.
            fields.custom = members
        }
        isTest = record.integer() == 1
    }
}
