internal import Registry
internal import StrictJSON

/// A row while its cells are read.
struct ImportDraft {
    var customer: ImportedCustomer
    var remarks: [ImportRemark] = []
    var middleName: String?
    /// Telephone numbers with the headers of their columns; which counts is settled when the country is known.
    var phones: [(text: String, column: String)] = []
    private var addresses: [(role: ImportAddressRole, parts: [ImportAddressPart: String], columns: [String])] = []
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

    /// Takes down what a cell says of consent; of two cells the stricter counts.
    mutating func state(_ consent: ImportedConsent, of purpose: ConsentPurpose) {
        guard let known = consents[purpose] else {
            consents[purpose] = consent
            return
        }
        if consent.strictness > known.strictness { consents[purpose] = consent }
    }

    mutating func take(_ cell: String, _ role: ImportAddressRole, _ part: ImportAddressPart, column: String) {
        if !addresses.contains(where: { $0.role == role }) { addresses.append((role, [:], [])) }
        guard let index = addresses.firstIndex(where: { $0.role == role }) else { return }
        if part == .country {
            // A name and a code may stand in two columns; either will do.
            let isKnown = addresses[index].parts[.country].map { CountryWords.country($0) != nil } ?? false
            if !isKnown { addresses[index].parts[.country] = cell }
            addresses[index].columns = [column]
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
        for address in addresses { enter(address.role, address.parts, column: address.columns.first) }
        if let middleName {
            customer.fields.firstName = customer.fields.firstName.map { $0 + " " + middleName } ?? middleName
        }
        settlePhone(customer.fields.country ?? shopCountry)
        for purpose in ConsentPurpose.allCases {
            if let consent = consents[purpose] {
                customer.consents.append(ImportedStatement(purpose: purpose, consent: consent))
            }
        }
    }

    /// The row as it is handed on.
    mutating func row() -> ImportRowReader.Row {
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
    }

    private mutating func take(_ phone: (text: String, column: String), _ country: Country) {
        do {
            try set(.phone, to: phone.text, country)
        } catch {
            remarks.append(ImportRemark(row: customer.row, column: phone.column, reason: error))
        }
    }

    private mutating func enter(_ role: ImportAddressRole, _ parts: [ImportAddressPart: String], column: String?) {
        var address = ImportedAddress()
        switch role {
        case .main: break
        case .billing: address.purpose = .billing
        case .shipping: address.purpose = .shipping
        case .home: address.title = "Home"
        case .work: address.title = "Work"
        }
        address.title = parts[.title] ?? address.title
        let names = [parts[.firstName], parts[.lastName]].compactMap(\.self)
        address.name = parts[.name] ?? (names.isEmpty ? nil : names.joined(separator: " "))
        address.company = parts[.company]
        (address.line1, address.line2) = Self.lines(parts)
        address.postcode = parts[.postcode].map(Self.unquoted)
        address.city = parts[.city]
        address.region = parts[.region]
        address.phone = parts[.phone].map(Self.unquoted)
        if let text = parts[.country] {
            address.country = CountryWords.country(text)
            if address.country == nil {
                remarks.append(ImportRemark(row: customer.row, column: column, reason: .badCountry))
            }
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

    /// The lines of a street: Magento writes them as a JSON array.
    private static func lines(_ parts: [ImportAddressPart: String]) -> (String?, String?) {
        var first = parts[.line1]
        var second = parts[.line2]
        if let text = first, text.hasPrefix("["), let array = (try? JSON(parsing: text))?.arrayValue {
            // What is no JSON is a street that begins with a bracket.
            let lines = array.compactMap(\.stringValue).filter { !$0.isEmpty }
            first = lines.first
            second = lines.count > 1 ? lines.dropFirst().joined(separator: ", ") : second
        }
        if let number = parts[.houseNumber] { first = first.map { $0 + " " + number } ?? number }
        return (first, second)
    }

    private static func unquoted(_ cell: String) -> String { cell.hasPrefix("'") ? String(cell.dropFirst()) : cell }
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
