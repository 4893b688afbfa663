internal import Registry

/// A column of the table of customers.
///
/// Headers are those that an import reads; what it should not read has a header that it does not know.
public enum CustomerColumn: String, Sendable, CaseIterable {
    case id
    case number
    case name
    case firstName = "first_name"
    case lastName = "last_name"
    case email
    case phone
    case company
    case vatID = "vat_id"
    case taxExempt = "tax_exempt"
    case birthday
    case country
    /// Several, for the address to which goods go.
    case shipping
    /// Several, for the address to which bills go.
    case billing
    case language
    case tags
    case groups
    case newsletter
    case status
    case account
    case test
    case joined
    case channels
    case orders
    case lastOrder = "last_order"
    /// One for each currency.
    case total
    /// One for each of the tenant's own fields.
    case custom

    /// The header; the first word of each where there are several columns.
    var header: String {
        switch self {
        case .id: "Patron ID"
        case .number: "Number"
        case .name: "Name"
        case .firstName: "First name"
        case .lastName: "Last name"
        case .email: "E-Mail"
        case .phone: "Phone"
        case .company: "Company"
        case .vatID: "VAT ID"
        case .taxExempt: "Tax exempt"
        case .birthday: "Birthday"
        case .country: "Country"
        case .shipping: "Shipping"
        case .billing: "Billing"
        case .language: "Language"
        case .tags: "Tags"
        case .groups: "Groups"
        case .newsletter: "Newsletter"
        case .status: "Customer status"
        case .account: "Account state"
        case .test: "Test"
        case .joined: "Joined"
        case .channels: "Channels"
        case .orders: "Orders"
        case .lastOrder: "Last order"
        case .total: "Total"
        case .custom: "Custom"
        }
    }
}
