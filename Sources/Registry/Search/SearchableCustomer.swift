/// What the search index must know of a customer.
public struct SearchableCustomer: Sendable, Equatable {
    public let id: Int64
    /// As entered; nil when it is put together from first and last name.
    public var name: String?
    public var firstName: String?
    public var lastName: String?
    public var company: String?
    public var emailKey: String?
    public var phone: String?
    public var phoneKey: String?
    public var tags: [String] = []

    public init(id: Int64) {
        self.id = id
    }

    init(_ customer: Customer) {
        let fields = customer.fields
        id = customer.id.rawValue
        name = fields.name
        firstName = fields.firstName
        lastName = fields.lastName
        company = fields.company
        emailKey = fields.email?.key
        phone = fields.phone
        phoneKey = fields.phoneKey
        tags = customer.tags
    }
}
