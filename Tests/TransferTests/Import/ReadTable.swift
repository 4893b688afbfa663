import Foundation
import Registry
import TestSupport
import Transfer

/// A table read as customers, in a German shop.
struct ReadTable {
    let plan: ImportPlan
    var rows: [ImportRowReader.Row] = []

    var customers: [ImportedCustomer] { rows.compactMap(\.customer) }

    var remarks: [ImportRemark] { rows.flatMap(\.remarks) }

    init(_ text: String, given: [String: ImportField] = [:], country: String = "DE") throws {
        try self.init(file: Array(text.utf8), given: given, country: country)
    }

    /// Reads an address book.
    init(
        cards bytes: [UInt8], _ format: CardFormat, charset: Charset? = nil, given: [String: ImportField] = [:],
        country: String = "DE", piece: Int = .max
    ) throws {
        let source = try CardSource(format, charset: charset) { body in
            var start = 0
            while start < bytes.count {
                let end = piece < bytes.count - start ? start + piece : bytes.count
                try body(Array(bytes[start..<end]))
                start = end
            }
        }
        plan = try ImportPlan(source, given: given, takesPasswords: false)
        let reader = ImportRowReader(plan, country: try Country(country), zone: .gmt)
        for (index, record) in source.sample.enumerated() { rows.append(reader.read(record, row: index + 1)) }
    }

    init(
        file: [UInt8], charset: Charset? = nil, given: [String: ImportField] = [:], country: String = "DE",
        fields: [ShopField] = []
    ) throws {
        if let format = CardFormat(detectingIn: file) {
            try self.init(cards: file, format, charset: charset, given: given, country: country)
            return
        }
        try self.init(Table(file: file, charset: charset).records, given: given, country: country, fields: fields)
    }

    private init(
        _ records: [CSVRecord], given: [String: ImportField], country: String, fields: [ShopField]
    ) throws {
        plan = try ImportPlan(records, given: given, takesPasswords: false, fields: fields)
        let reader = ImportRowReader(plan, country: try Country(country), zone: .gmt)
        for (index, record) in records.enumerated() where !record.isBlank && (index > 0 || !plan.hasHeader) {
            rows.append(reader.read(record, row: index + 1))
        }
    }

    /// A file of the platforms.
    init(
        platform path: String, charset: Charset? = nil, given: [String: ImportField] = [:], country: String = "DE"
    ) throws {
        let bytes = [UInt8](try Data(contentsOf: RealData.url("platforms/\(path)")))
        try self.init(file: bytes, charset: charset, given: given, country: country)
    }
}
