internal import Registry
internal import StrictJSON

/// A row while its cells are read.
struct ImportDraft {
    var customer: ImportedCustomer
    var remarks: [ImportRemark] = []
    var middleName: String?
    /// Telephone numbers with the headers of their columns; which counts is settled when the country is known.
    var phones: [(text: String, column: String)] = []
    /// The e-mail address that could not be read, where none could yet.
    private var badEmail: ImportRemark?
    private var birth: [ImportField: String] = [:]
    /// Addresses with the header of the country's column.
    private var addresses: [(role: ImportAddressRole, parts: ImportedAddressParts, column: String?)] = []
    private var consents: [ConsentPurpose: ImportedConsent] = [:]

    init(row: Int) {
        customer = ImportedCustomer(row: row)
    }

    /// Sets a field.
    ///
    /// - Throws: ``ImportReason/badField(_:)``.
    mutating func set(_ field: CustomerField, to text: String, _ country: Country) throws(ImportReason) {
        do {
            try customer.fields.set(field, to: text, country: country)
        } catch {
            throw .badField(error)
        }
    }

    /// Takes an e-mail address; of several the first that can be read counts.
    mutating func take(email text: String, column: String, _ country: Country) {
        guard let known = customer.fields.email else {
            do {
                try set(.email, to: text, country)
                if let badEmail { furtherValue("e-mail address", badEmail.column ?? "") }
                badEmail = nil
            } catch {
                badEmail = badEmail ?? ImportRemark(row: customer.row, column: column, reason: error)
            }
            return
        }
        // One that cannot be read is another all the same.
        if (try? EmailAddress(parsing: text))?.key != known.key { furtherValue("e-mail address", column) }
    }

    /// Takes a text of which a customer has one; another one is reported.
    mutating func take(
        _ text: String, _ field: CustomerField, beside known: String?, column: String, _ country: Country
    ) throws(ImportReason) {
        guard let known else { return try set(field, to: text, country) }
        if known != text { furtherValue(field.rawValue.replacing("_", with: " "), column) }
    }

    /// Takes a value of one of the shop's own fields; another one is reported.
    mutating func take(_ value: JSON, custom name: String, column: String) {
        if let known = customer.fields.custom.first(where: { $0.name == name }) {
            if known.value != value { furtherValue(name, column) }
        } else {
            customer.fields.custom.append(JSON.Member(name: name, value: value))
        }
    }

    /// Takes a year, month or day of birth.
    mutating func take(_ cell: String, birth part: ImportField) { birth[part] = birth[part] ?? cell }

    mutating func furtherValue(_ what: String, _ column: String) {
        remarks.append(ImportRemark(row: customer.row, column: column, reason: .furtherValue(what)))
    }

    /// Takes down what a cell says of consent; of two cells the stricter counts.
    mutating func state(_ consent: ImportedConsent, of purpose: ConsentPurpose) {
        guard let known = consents[purpose] else {
            consents[purpose] = consent
            return
        }
        if consent.strictness > known.strictness { consents[purpose] = consent }
    }

    mutating func take(_ cell: String, _ role: ImportAddressRole, _ part: ImportAddressPart, column: String) {
        guard let index = addresses.firstIndex(where: { $0.role == role }) else {
            var parts = ImportedAddressParts()
            parts[part] = cell
            return addresses.append((role, parts, part == .country ? column : nil))
        }
        if part == .country {
            // A name and a code may stand in two columns; either will do.
            let isKnown = addresses[index].parts[.country].map { CountryWords.country($0) != nil } ?? false
            if !isKnown { addresses[index].parts[.country] = cell }
            addresses[index].column = column
        } else {
            addresses[index].parts[part] = addresses[index].parts[part] ?? cell
        }
    }

    /// Sets the day of birth; years, months and days that do not exist are none.
    ///
    /// - Throws: ``ImportReason/badDate``.
    mutating func setBirthday(_ day: String, _ country: Country) throws(ImportReason) {
        do {
            try customer.fields.set(.birthday, to: day, country: country)
        } catch {
            throw .badDate
        }
    }

    /// Puts together what several cells say.
    mutating func settle(country shopCountry: Country) {
        for address in addresses { enter(address.role, address.parts, column: address.column) }
        if let middleName {
            customer.fields.firstName = customer.fields.firstName.map { $0 + " " + middleName } ?? middleName
        }
        settleBirth(shopCountry)
        settlePhone(customer.fields.country ?? shopCountry)
        for purpose in ConsentPurpose.allCases {
            if let consent = consents[purpose] {
                customer.consents.append(ImportedStatement(purpose: purpose, consent: consent))
            }
        }
    }

    /// The row as it is handed on.
    mutating func row() -> ImportRowReader.Row {
        if let badEmail {
            remarks.append(badEmail)
            return ImportRowReader.Row(remarks: remarks)
        }
        guard customer.hasKey else {
            remarks.append(ImportRemark(row: customer.row, column: nil, reason: .noKey))
            return ImportRowReader.Row(remarks: remarks)
        }
        customer.finish()
        return ImportRowReader.Row(customer: customer, remarks: remarks)
    }

    /// The first number that leaves no doubt, else the first.
    private mutating func settlePhone(_ country: Country) {
        guard !phones.isEmpty else { return }
        for phone in phones where customer.fields.phoneKey == nil { take(phone, country) }
        if customer.fields.phoneKey == nil, let first = phones.first {
            take(first, country)
            remarks.append(ImportRemark(row: customer.row, column: first.column, reason: .doubtfulPhone))
        }
        var told: Set<String> = []
        for phone in phones where !isTaken(phone.text, country) && told.insert(phone.text).inserted {
            furtherValue("telephone number", phone.column)
        }
    }

    /// Whether a number is the one that was taken, however it is written.
    private func isTaken(_ text: String, _ country: Country) -> Bool {
        if customer.fields.phone == text { return true }
        guard let key = customer.fields.phoneKey else { return false }
        if case .e164(key) = PhoneNumber.parse(text, country: country.code) { return true }
        return false
    }

    /// Puts a birthday together that stands in three columns.
    private mutating func settleBirth(_ country: Country) {
        guard customer.fields.birthday == nil, !birth.isEmpty else { return }
        let row = customer.row
        guard let year = birth[.birthYear] else {
            return remarks.append(ImportRemark(row: row, column: nil, reason: .yearlessDate))
        }
        let day = [year, birth[.birthMonth] ?? "", birth[.birthDay] ?? ""].joined(separator: "-")
        do throws(ImportReason) {
            guard year.utf8.count == 4, case .iso(let text) = DateCell.read(day, order: nil) else { throw .badDate }
            try setBirthday(text, country)
        } catch {
            remarks.append(ImportRemark(row: row, column: nil, reason: error))
        }
    }

    private mutating func take(_ phone: (text: String, column: String), _ country: Country) {
        do {
            try set(.phone, to: phone.text, country)
        } catch {
            remarks.append(ImportRemark(row: customer.row, column: phone.column, reason: error))
        }
    }

    private mutating func enter(_ role: ImportAddressRole, _ parts: ImportedAddressParts, column: String?) {
        // Most tables say no more of where somebody is.
        if let country = parts.onlyCountry.flatMap(CountryWords.country) {
            customer.fields.country = customer.fields.country ?? country
            return
        }
        let address = ImportedAddress(role, parts)
        if parts[.country] != nil, address.country == nil {
            remarks.append(ImportRemark(row: customer.row, column: column, reason: .badCountry))
        }
        customer.fields.country = customer.fields.country ?? address.country
        if customer.fields.fullName == nil {
            customer.fields.firstName = parts[.firstName]
            customer.fields.lastName = parts[.lastName]
            customer.fields.name = parts[.name]
        }
        if phones.isEmpty, let phone = address.phone { phones.append((phone, column ?? "")) }
        if address.saysWhere { customer.addresses.append(address) }
    }
}

extension ImportedConsent {
    /// The higher, the less may be sent.
    fileprivate var strictness: Int {
        switch self {
        case .granted: 0
        case .pending: 1
        case .bounced: 2
        case .refused: 3
        }
    }
}
