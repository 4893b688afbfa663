internal import CSQLite
internal import Glibc

extension Connection {
    /// See `patron_sqlite3_begin_replay`.
    func beginReplay() throws {
        let code = patron_sqlite3_begin_replay(handle)
        guard code == SQLITE_OK else { throw StorageError(code, on: handle) }
    }

    /// The first table of a patchset that is not here, or of another shape.
    ///
    /// `sqlite3changeset_apply` passes over it in silence. What was found of table headers before is `known`.
    func misfit(in patchset: [UInt8], known: inout [[UInt8]: Bool]) throws -> String? {
        var copy = patchset
        return try copy.withUnsafeMutableBytes { bytes in
            var iterator: OpaquePointer?
            defer { sqlite3changeset_finalize(iterator) }
            var code = sqlite3changeset_start(&iterator, Int32(bytes.count), bytes.baseAddress)
            guard code == SQLITE_OK else { throw StorageError(code, on: nil) }
            code = sqlite3changeset_next(iterator)
            while code == SQLITE_ROW {
                if let table = misfit(under: iterator, known: &known) { return table }
                code = sqlite3changeset_next(iterator)
            }
            guard code == SQLITE_DONE else { throw StorageError(code, on: nil) }
            return nil
        }
    }

    private func misfit(under iterator: OpaquePointer?, known: inout [[UInt8]: Bool]) -> String? {
        var name: UnsafePointer<CChar>?
        var columns: Int32 = 0
        var operation: Int32 = 0
        var isIndirect: Int32 = 0
        var keys: UnsafeMutablePointer<UInt8>?
        guard sqlite3changeset_op(iterator, &name, &columns, &operation, &isIndirect) == SQLITE_OK,
            sqlite3changeset_pk(iterator, &keys, &columns) == SQLITE_OK, let name, let keys
        else { return "?" }
        let shape = Array(UnsafeBufferPointer(start: keys, count: Int(columns)))
        let key = shape + UnsafeRawBufferPointer(start: name, count: strlen(name))
        let fits = known[key] ?? (CapturedTable(name, on: handle)?.keys == shape)
        known[key] = fits
        return fits ? nil : String(cString: name)
    }

    /// Makes a patchset's changes.
    ///
    /// - Returns: The table of a row that is not as it should be, nil when there is none.
    func conflict(applying patchset: [UInt8]) throws -> String? {
        /// Where the first conflict was.
        final class Finding {
            var table: String?
        }
        let finding = Finding()
        var copy = patchset
        let code = copy.withUnsafeMutableBytes { bytes in
            sqlite3changeset_apply(
                handle, Int32(bytes.count), bytes.baseAddress, nil,
                { context, _, iterator in
                    var name: UnsafePointer<CChar>?
                    var (columns, operation, isIndirect): (Int32, Int32, Int32) = (0, 0, 0)
                    sqlite3changeset_op(iterator, &name, &columns, &operation, &isIndirect)
                    if let context {
                        Unmanaged<Finding>.fromOpaque(context).takeUnretainedValue().table =
                            name.map { String(cString: $0) } ?? "?"
                    }
                    return SQLITE_CHANGESET_ABORT
                }, Unmanaged.passUnretained(finding).toOpaque())
        }
        if let table = finding.table { return table }
        guard code == SQLITE_OK else { throw StorageError(code, on: handle) }
        return nil
    }
}
