internal import Storage

/// What merging may change of the surviving record, at one moment.
struct MergeSide: Equatable {
    /// The e-mail address with its place there and the time at which it was shown to be the customer's.
    struct Address: Equatable {
        var email: EmailAddress?
        var seat: Int64
        var verifiedAt: Int64?
    }

    /// Whether the customer may order and sign in.
    struct Standing: Equatable {
        var status: CustomerStatus
        var reason: String?
        var publicReason: String?
    }

    var fields: CustomerFields
    var seat: Int64
    var verifiedAt: Int64?
    var standing: Standing
    var account: AccountState
    var joinedAt: Int64

    /// Reads the columns of a customer, with the name in column 3 and the e-mail's key in column 24.
    init(_ row: Row) {
        fields = CustomerReader.fields(row)
        seat = row.integer(0)
        verifiedAt = row.integerOrNil(1)
        standing = Standing(
            status: CustomerStatus(rawValue: row.text(16)) ?? .active, reason: row.textOrNil(17),
            publicReason: row.textOrNil(2))
        account = AccountState(rawValue: row.text(18)) ?? .none
        joinedAt = row.integer(19)
    }

    var address: Address {
        get { Address(email: fields.email, seat: seat, verifiedAt: verifiedAt) }
        set { (fields.email, seat, verifiedAt) = (newValue.email, newValue.seat, newValue.verifiedAt) }
    }

    private var names: [String?] {
        get { [fields.name, fields.firstName, fields.lastName] }
        set { (fields.name, fields.firstName, fields.lastName) = (newValue[0], newValue[1], newValue[2]) }
    }

    private var phones: [String?] {
        get { [fields.phone, fields.phoneKey] }
        set { (fields.phone, fields.phoneKey) = (newValue[0], newValue[1]) }
    }

    /// Takes back what a merge changed, but not what was changed since.
    mutating func takeBack(to before: MergeSide, from after: MergeSide) {
        func takeBack<Part: Equatable>(_ part: WritableKeyPath<MergeSide, Part>) {
            if self[keyPath: part] == after[keyPath: part] { self[keyPath: part] = before[keyPath: part] }
        }
        takeBack(\.names)
        // An address may have been shown to be the customer's since; it is the same address.
        if fields.email == after.fields.email { address = before.address }
        takeBack(\.phones)
        takeBack(\.fields.country)
        takeBack(\.fields.language)
        takeBack(\.fields.company)
        takeBack(\.fields.vatID)
        takeBack(\.fields.taxExempt)
        takeBack(\.fields.birthday)
        takeBack(\.fields.custom)
        takeBack(\.standing)
        takeBack(\.account)
        takeBack(\.joinedAt)
    }
}
