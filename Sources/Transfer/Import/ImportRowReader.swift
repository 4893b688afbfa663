public import Registry
public import struct Foundation.TimeZone
internal import Glibc
internal import StrictJSON

/// Reads the records of a table as customers, by its plan.
public struct ImportRowReader: Sendable {
    /// A row as read, and what is to be said of it.
    public struct Row: Sendable {
        /// Nil when the row is left out.
        public var customer: ImportedCustomer?
        public var remarks: [ImportRemark] = []
    }

    private struct Source: Sendable {
        let index: Int
        let field: ImportField
        let name: String
    }

    /// The most bytes of a password. <https://manpages.debian.org/bookworm/libcrypt-dev/crypt.3.en.html>
    private static let passwordLimit = 511

    private let sources: [Source]
    private let dateOrders: [Int: DateCell.Order]
    private let country: Country
    private let zone: TimeZone
    private let shopFields: [String: ShopField]

    /// National telephone numbers are read in the row's country, without one in `country`, the tenant's; times without
    /// an offset are meant in `zone`.
    public init(_ plan: ImportPlan, country: Country, zone: TimeZone) {
        sources = plan.columns.compactMap { column in
            guard let field = column.field, field != .nothing else { return nil }
            return Source(index: column.index, field: field, name: column.name)
        }
        dateOrders = plan.dateOrders
        shopFields = plan.shopFields
        self.country = country
        self.zone = zone
    }

    /// Reads a record; `row` is its number as a spreadsheet shows it.
    public func read(_ record: CSVRecord, row: Int) -> Row {
        if let problem = record.problem {
            return Row(remarks: [ImportRemark(row: row, column: nil, reason: .malformed(problem.description))])
        }
        var draft = ImportDraft(row: row)
        draft.remarks = record.remarks
        if draft.remarks.contains(where: \.reason.skipsRow) { return Row(remarks: draft.remarks) }
        for source in sources {
            guard let cell = Self.cell(record, source.index) else { continue }
            do throws(ImportReason) {
                if Self.holdsNUL(record, source.index) { throw .nul }
                try take(cell, source, into: &draft)
            } catch {
                draft.remarks.append(ImportRemark(row: row, column: source.name, reason: error))
                if error.skipsRow { return Row(remarks: draft.remarks) }
            }
        }
        draft.settle(country: country)
        if !draft.customer.hasKey { findEmail(in: record, &draft) }
        return draft.row()
    }

    /// Takes the only e-mail address of a row that is shifted against its header.
    private func findEmail(in record: CSVRecord, _ draft: inout ImportDraft) {
        var found: EmailAddress?
        for index in 0..<record.count {
            guard !Self.holdsNUL(record, index), let cell = Self.cell(record, index),
                cell.utf8.contains(UInt8(ascii: "@")),
                let email = try? EmailAddress(parsing: cell)
            else { continue }
            // Of two addresses nobody knows which is the customer's.
            guard found == nil else { return }
            found = email
        }
        guard let found else { return }
        draft.customer.fields.email = found
        draft.remarks.append(ImportRemark(row: draft.customer.row, column: nil, reason: .shiftedRow))
    }

    private func take(_ cell: String, _ source: Source, into draft: inout ImportDraft) throws(ImportReason) {
        switch source.field {
        case .email: Self.forEachValue(of: cell) { draft.take(email: $0, column: source.name, country) }
        case .name: if draft.customer.fields.name == nil { try draft.set(.name, to: cell, country) }
        case .firstName: if draft.customer.fields.firstName == nil { try draft.set(.firstName, to: cell, country) }
        case .middleName: draft.middleName = draft.middleName ?? cell
        case .lastName: if draft.customer.fields.lastName == nil { try draft.set(.lastName, to: cell, country) }
        case .company:
            try draft.take(cell, .company, beside: draft.customer.fields.company, column: source.name, country)
        case .vatID:
            try draft.take(cell, .vatID, beside: draft.customer.fields.vatID, column: source.name, country)
        case .language: if draft.customer.fields.language == nil { try draft.set(.language, to: cell, country) }
        case .phone: Self.forEachValue(of: cell) { draft.phones.append((Self.unquoted($0), source.name)) }
        case .taxExempt: draft.customer.fields.taxExempt = try flag(cell)
        case .birthday:
            if let day = try date(cell, source) { try draft.setBirthday(String(day.prefix(10)), country) }
        case .joined: if let text = try date(cell, source) { try join(text, &draft) }
        case .patronID:
            guard let number = Int64(cell) else { throw .noSuchCustomer }
            draft.customer.id = CustomerID(rawValue: number)
        case .externalID: draft.customer.ext = draft.customer.ext ?? Self.unquoted(cell)
        case .tags: draft.customer.tags += ListCell.words(cell).filter { !draft.customer.tags.contains($0) }
        case .groups: draft.customer.groups += ListCell.words(cell).filter { !draft.customer.groups.contains($0) }
        case .note: draft.customer.note = draft.customer.note.map { $0 + "\n" + cell } ?? cell
        case .password:
            if SecretShape.isHash(cell) { throw .hashedPassword }
            guard cell.utf8.count <= Self.passwordLimit else { throw .passwordTooLong(limit: Self.passwordLimit) }
            draft.customer.password = cell
        case .newsletter: if let consent = CellWords.subscription(cell) { draft.state(consent, of: .newsletter) }
        case .sms: if let consent = CellWords.subscription(cell) { draft.state(consent, of: .sms) }
        case .confirmedAt: draft.state(.granted, of: .newsletter)
        case .test: draft.customer.isTest = try flag(cell)
        case .deleted: if try flag(cell) { throw .deleted }
        case .address(let role, let part): draft.take(cell, role, part, column: source.name)
        case .birthYear, .birthMonth, .birthDay: draft.take(cell, birth: source.field)
        case .custom(let name): draft.take(try value(cell, of: name, source), custom: name, column: source.name)
        case .nothing: return
        }
    }

    /// A value as one of the shop's own fields keeps it; a shop that has defined none keeps texts.
    private func value(_ cell: String, of name: String, _ source: Source) throws(ImportReason) -> JSON {
        guard let field = shopFields[name] else { return .string(cell) }
        var text = cell
        switch field.kind {
        case .text, .number, .choice: break
        case .flag: text = try flag(cell) ? "true" : "false"
        case .day: text = try date(cell, source).map { String($0.prefix(10)) } ?? cell
        }
        do {
            return try field.value(of: .string(text))
        } catch {
            throw .badCustom(error)
        }
    }

    private func flag(_ cell: String) throws(ImportReason) -> Bool {
        guard let flag = CellWords.flag(cell) else { throw .badFlag }
        return flag
    }

    private func date(_ cell: String, _ source: Source) throws(ImportReason) -> String? {
        switch DateCell.read(cell, order: dateOrders[source.index]) {
        case .iso(let text): return text
        case .nothing: return nil
        case .ambiguous: throw .ambiguousDate
        case .yearless: throw .yearlessDate
        case .invalid: throw .badDate
        }
    }

    private func join(_ text: String, _ draft: inout ImportDraft) throws(ImportReason) {
        do {
            draft.customer.joinedAt = try Instant(parsing: text, zone: zone)
        } catch {
            throw .badDate
        }
    }

    private static func holdsNUL(_ record: CSVRecord, _ index: Int) -> Bool {
        record.withBytes(index) { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false }
    }

    /// A cell without the white space around it and the apostrophe that protects it; nil when nothing is left.
    private static func cell(_ record: CSVRecord, _ index: Int) -> String? {
        record.withBytes(index) { bytes -> String? in
            var start = 0
            var end = bytes.count
            while start < end, bytes[start] <= ASCII.space { start += 1 }
            while end > start, bytes[end - 1] <= ASCII.space { end -= 1 }
            guard start < end else { return nil }
            let text = String(decoding: bytes[start..<end], as: UTF8.self)
            let isPlain = bytes[start] < 0x80 && bytes[end - 1] < 0x80 && bytes[start] != ASCII.apostrophe
            if isPlain { return text }
            let bare = SpreadsheetText.plain(text).trimmed
            return bare.isEmpty ? nil : bare
        }
    }

    /// The values in a cell, of which Google writes several with `:::` between them.
    private static func forEachValue(of cell: String, _ body: (String) -> Void) {
        guard cell.utf8.contains(UInt8(ascii: ":")), cell.contains(":::") else { return body(cell) }
        for value in cell.split(separator: ":::").map({ String($0).trimmed }) where !value.isEmpty { body(value) }
    }

    /// A number without the apostrophe that keeps spreadsheets from changing it.
    private static func unquoted(_ cell: String) -> String {
        cell.utf8.first == ASCII.apostrophe ? String(cell.dropFirst()) : cell
    }
}
