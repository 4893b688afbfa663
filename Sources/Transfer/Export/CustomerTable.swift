public import Registry
internal import StrictJSON

/// Customers as the records of a table.
///
/// Nothing is in it that is for staff alone: no notes, no comments, no reason of a denial.
public struct CustomerTable: Sendable {
    private enum Column: Sendable {
        case plain(CustomerColumn)
        case address(CustomerColumn, AddressField)
        case total(Currency)
        case custom(String)
    }

    private let columns: [Column]
    private let format: TableFormat

    /// - Parameters:
    ///   - columns: Which, in their order.
    ///   - currencies: In which there are totals.
    ///   - customNames: The names of the tenant's own fields.
    ///   - format: How values are written.
    public init(_ columns: [CustomerColumn], currencies: [Currency], customNames: [String], format: TableFormat) {
        self.columns = columns.flatMap { column -> [Column] in
            if column.isAddress { return AddressField.allCases.map { .address(column, $0) } }
            if column == .total { return currencies.map { .total($0) } }
            return column == .custom ? customNames.map { .custom($0) } : [.plain(column)]
        }
        self.format = format
    }

    /// The headers.
    public var header: [String] {
        columns.map { column in
            switch column {
            case .plain(let column): column.header
            case .address(let column, let field): "\(column.header) \(field.header)"
            case .total(let currency): "\(CustomerColumn.total.header) \(currency.code)"
            case .custom(let name): "custom:\(name)"
            }
        }
    }

    /// A customer's record.
    ///
    /// - Parameters:
    ///   - customer: The customer.
    ///   - addresses: The address book; none where the table has no columns for it.
    /// - Returns: The cells.
    public func record(of customer: Customer, addresses: [Address]) -> [String] {
        columns.map { column in
            switch column {
            case .plain(let column): cell(column, of: customer)
            case .address(let column, let field):
                addresses.first { column == .shipping ? $0.isShipping : $0.isBilling }?.fields[field] ?? ""
            case .total(let currency):
                customer.totals.first { $0.currency == currency }.map(format.number) ?? ""
            case .custom(let name): Self.text(customer.fields.custom.first { $0.name == name }?.value)
            }
        }
    }

    private func cell(_ column: CustomerColumn, of customer: Customer) -> String {
        let fields = customer.fields
        return switch column {
        case .id: String(customer.id.rawValue)
        case .number: String(customer.number)
        case .name: fields.fullName ?? ""
        case .firstName: fields.firstName ?? ""
        case .lastName: fields.lastName ?? ""
        case .email: fields.email?.spelling ?? ""
        case .phone: fields.phone ?? ""
        case .company: fields.company ?? ""
        case .vatID: fields.vatID ?? ""
        case .taxExempt: format.flag(fields.taxExempt)
        case .birthday: fields.birthday ?? ""
        case .country: fields.country?.code ?? ""
        case .language: fields.language ?? ""
        case .tags: ListText.text(customer.tags)
        case .groups: ListText.text(customer.groups.map(\.name))
        case .newsletter: customer.consent.first { $0.purpose == .newsletter }?.status.rawValue ?? ""
        case .status: customer.status.rawValue
        case .account: customer.account.rawValue
        case .test: format.flag(customer.isTest)
        case .joined: format.time(customer.joinedAt)
        case .channels: ListText.text(customer.channels)
        case .orders: String(customer.orderCount)
        case .lastOrder: customer.lastOrderAt.map(format.time) ?? ""
        case .shipping, .billing, .total, .custom: ""
        }
    }

    private static func text(_ value: JSON?) -> String {
        switch value {
        case nil, .null: ""
        case .string(let text), .number(let text): text
        case .bool(let flag): flag ? "yes" : "no"
        case .array, .object: value?.text ?? ""
        }
    }
}

extension CustomerColumn {
    /// Whether it is columns for an address.
    public var isAddress: Bool { self == .shipping || self == .billing }
}

extension AddressField {
    /// What stands behind the address's role in a header.
    fileprivate var header: String {
        switch self {
        case .title: "address title"
        case .name: "recipient"
        case .company: "company"
        case .line1: "address 1"
        case .line2: "address 2"
        case .postcode: "postcode"
        case .city: "city"
        case .region: "region"
        case .country: "country"
        case .phone: "phone"
        }
    }
}
