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

    init(file: [UInt8], charset: Charset? = nil, given: [String: ImportField] = [:], country: String = "DE") throws {
        let records = try Table(file: file, charset: charset).records
        plan = try ImportPlan(records, given: given, takesPasswords: false)
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
