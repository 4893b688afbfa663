/// What one row of an imported table says about a customer.
public struct ImportedCustomer: Sendable, Equatable {
    /// The row as a spreadsheet numbers it: 1 is the first, be it the header.
    public var row: Int
    /// The earlier row of the table about the same customer, nil when there is none.
    public var earlierRow: Int?
    public var fields = CustomerFields()
    /// The folded name by which customers are sorted; see ``CustomerFields``.
    public var nameKey = ""
    /// The customer's id in this registry, nil when the table has none.
    public var id: CustomerID?
    /// The id another system knows the customer under.
    public var ext: String?
    public var tags: [String] = []
    public var groups: [String] = []
    public var note: String?
    /// In the clear; hashed before anything is stored.
    public var password: String?
    /// What is stored of it.
    public var passwordHash: PasswordHash?
    public var consents: [ImportedStatement] = []
    public var joinedAt: Instant?
    public var isTest = false
    public var addresses: [ImportedAddress] = []

    /// An empty row.
    public init(row: Int) {
        self.row = row
    }

    /// Works out what is derived from the fields; to be called when all are set, on any thread.
    public mutating func finish() {
        nameKey = fields.nameKey
    }

    /// Whether something in it can find the customer again, so that a second import enters nobody twice.
    public var hasKey: Bool { id != nil || ext != nil || fields.email != nil || fields.phoneKey != nil }

    /// Whether it says nothing but what is in the record itself.
    var isPlain: Bool {
        tags.isEmpty && groups.isEmpty && note == nil && password == nil && passwordHash == nil && consents.isEmpty
            && addresses.isEmpty
            && ext == nil
    }
}

/// What a table says of consent to a purpose.
public struct ImportedStatement: Sendable, Equatable {
    public var purpose: ConsentPurpose
    public var consent: ImportedConsent

    public init(purpose: ConsentPurpose, consent: ImportedConsent) {
        self.purpose = purpose
        self.consent = consent
    }
}

/// How another system puts the state of a consent.
public enum ImportedConsent: String, Sendable, CaseIterable {
    case granted
    case pending
    case refused
    case bounced
}

/// An address of a row, its parts as written.
public struct ImportedAddress: Sendable, Equatable {
    /// What it is preferred for; nil for none.
    public enum Purpose: Sendable, Equatable {
        case billing
        case shipping
    }

    public var title: String?
    public var purpose: Purpose?
    public var name: String?
    public var company: String?
    public var line1: String?
    public var line2: String?
    public var postcode: String?
    public var city: String?
    public var region: String?
    public var country: Country?
    public var phone: String?

    public init() {}

    /// Whether it says where somebody is: more than a country.
    public var saysWhere: Bool { line1 != nil || city != nil || postcode != nil }
}
