/// Something an import has to say about a row.
public struct ImportRemark: Sendable, Equatable {
    /// The row as a spreadsheet numbers it.
    public let row: Int
    /// The header of the cell's column; nil when it is about the whole row.
    public let column: String?
    public let reason: ImportReason

    public init(row: Int, column: String?, reason: ImportReason) {
        self.row = row
        self.column = column
        self.reason = reason
    }
}

/// Why a row, or a cell of it, is not taken over.
public enum ImportReason: Error, Equatable, CustomStringConvertible {
    /// The row could not be read.
    case malformed(String)
    /// No id, e-mail address or telephone number would find the customer again.
    case noKey
    case badField(CustomerError)
    /// The other system has deleted the customer.
    case deleted
    /// The customer found by one key has another e-mail address.
    case otherEmail(CustomerID)
    /// Several customers have the key.
    case severalMatch
    case noSuchCustomer
    case erased
    case emailTaken(CustomerID)
    /// The row is shifted against its header; its only e-mail address was taken.
    case shiftedRow
    /// The number is kept as written, but finds nobody.
    case doubtfulPhone
    case badCountry
    case badDate
    case ambiguousDate
    case yearlessDate
    case badFlag
    /// A field of the shop does not take the value.
    case badCustom(FieldError)
    /// There is one such value already, and a customer has one.
    case furtherValue(String)
    /// The text is not written in the charset it claims.
    case unreadableText(charset: String)
    case valueTooLong(limit: Int)
    /// A text holds the character 0.
    case nul
    /// A line of the file that belongs to no value.
    case strayLine(Int)
    case passwordTooLong(limit: Int)
    case passwordTooShort(least: Int)
    case hashedPassword
    /// The address lacks what its country's post needs; it is left out.
    case incompleteAddress([String])
    /// The address cannot be kept; it is left out.
    case badAddress(AddressError)
    case tooManyTags(limit: Int)
    /// An earlier row is about the same customer, and this one is not counted as a change.
    case repeats(row: Int)

    /// Whether the whole row is left out, not only a cell.
    public var skipsRow: Bool {
        switch self {
        case .malformed, .noKey, .badField, .deleted, .otherEmail, .severalMatch, .noSuchCustomer, .erased, .emailTaken:
            true
        case .shiftedRow, .doubtfulPhone, .badCountry, .badDate, .ambiguousDate, .yearlessDate, .badFlag, .badCustom,
            .furtherValue, .unreadableText, .valueTooLong, .nul, .strayLine, .passwordTooLong, .passwordTooShort,
            .hashedPassword, .incompleteAddress, .badAddress, .tooManyTags, .repeats:
            false
        }
    }

    /// The stable word for it.
    public var slug: String {
        switch self {
        case .malformed: "malformed"
        case .noKey: "no-key"
        case .badField(let error): error.slug
        case .deleted: "deleted"
        case .otherEmail: "other-email"
        case .severalMatch: "several-match"
        case .noSuchCustomer: "no-customer"
        case .erased: "erased"
        case .emailTaken: "email-taken"
        case .shiftedRow: "shifted-row"
        case .doubtfulPhone: "doubtful-phone"
        case .badCountry: "bad-country"
        case .badDate: "bad-date"
        case .ambiguousDate: "ambiguous-date"
        case .yearlessDate: "yearless-date"
        case .badFlag: "bad-flag"
        case .badCustom(let error): error.slug
        case .furtherValue: "further-value"
        case .unreadableText: "unreadable-text"
        case .valueTooLong: "value-too-long"
        case .nul: "bad-value"
        case .strayLine: "stray-line"
        case .passwordTooLong: "password-too-long"
        case .passwordTooShort: "password-too-short"
        case .hashedPassword: "hashed-password"
        case .incompleteAddress: "incomplete-address"
        case .badAddress(let error): error.slug
        case .tooManyTags: "too-many-tags"
        case .repeats: "repeats-row"
        }
    }

    public var description: String {
        switch self {
        case .malformed(let text): text
        case .noKey: "nothing would find this customer again: no e-mail address, telephone number or id"
        case .badField(let error): error.description
        case .deleted: "the row is marked as deleted"
        case .otherEmail(let customer): "customer \(customer.rawValue) has this id and another e-mail address"
        case .severalMatch: "several customers have this telephone number, and none of them this name alone"
        case .noSuchCustomer: "there is no customer with this patron_id"
        case .erased: "this customer has been erased"
        case .emailTaken(let customer): "customer \(customer.rawValue) has this e-mail address"
        case .shiftedRow: "the cells do not stand below their headers; the only e-mail address was taken"
        case .doubtfulPhone: "the number is kept as written, but which number it is cannot be told"
        case .badCountry: "no country is called so; left out"
        case .badDate: "not a date; left out"
        case .ambiguousDate: "day and month could be exchanged; left out"
        case .yearlessDate: "a day without a year; left out"
        case .badFlag: "neither yes nor no; left out"
        case .badCustom(let error): "\(error); left out"
        case .furtherValue(let what): "a customer has one \(what), and there is another; left out"
        case .unreadableText(let charset): "the text cannot be read as \(charset); left out"
        case .valueTooLong(let limit): "a value has at most \(limit) bytes; left out"
        case .nul: "a NUL cannot be part of a text; left out"
        case .strayLine(let line): "line \(line) of the file belongs to no value; left out"
        case .passwordTooShort(let least): "a password has at least \(least) characters; left out"
        case .passwordTooLong(let limit): "a password has at most \(limit) bytes; left out"
        case .hashedPassword: "a hashed password is of no use here; left out"
        case .incompleteAddress(let missing): "the address lacks \(missing.joined(separator: ", ")); left out"
        case .badAddress(let error): "address: \(error)"
        case .tooManyTags(let limit): "a customer may carry at most \(limit) tags; the others are left out"
        case .repeats(let row): "the same customer as row \(row)"
        }
    }
}
