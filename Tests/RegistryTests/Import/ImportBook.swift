import Registry
import Storage
import XCTest

extension Book {
    /// A row of a table.
    func row(
        _ number: Int = 2, name: String? = nil, email: String? = nil, phone: String? = nil, ext: String? = nil,
        _ change: (inout ImportedCustomer) throws -> Void = { _ in }
    ) throws -> ImportedCustomer {
        var row = ImportedCustomer(row: number)
        row.fields = try fields(name: name, email: email, phone: phone)
        row.ext = ext
        try change(&row)
        row.finish()
        return row
    }

    /// Imports rows in one batch.
    @discardableResult
    func importing(_ rows: [ImportedCustomer], _ options: ImportOptions = ImportOptions()) throws -> ImportOutcome {
        try write { transaction in
            let writer = ImportWriter(transaction, occasion, options)
            let id = try writer.begin(.skipBad, process: "test")
            let outcome = try writer.enter(ImportRows(rows), of: id)
            try writer.end(id, isComplete: true)
            return outcome
        }
    }

    /// Undoes an import, some customers at a time.
    func undoing(_ id: Int64, atMost limit: Int = 3) throws -> ImportWriter.Undone {
        var undone = ImportWriter.Undone()
        while true {
            let (step, isComplete) = try write { transaction in
                try ImportWriter(transaction, occasion).undo(ImportID(rawValue: id), atMost: limit)
            }
            undone = undone + step
            if isComplete { return undone }
        }
    }

    func batch(_ id: Int64, process: String = "test") throws -> ImportBatch {
        try read { try ImportReader($0, process: process).batch(ImportID(rawValue: id)) }
    }
}
