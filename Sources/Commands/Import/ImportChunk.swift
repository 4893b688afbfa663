internal import Registry

/// Rows that are entered in one transaction.
struct ImportChunk: Sendable {
    var rows: [ImportedCustomer] = []
    var remarks: [ImportRemark] = []
    /// Rows left out in reading.
    var skipped = 0

    /// How many rows it stands for.
    var count: Int { rows.count + skipped }

    /// The rows in pieces of so many, ordered by address if that is all they are found by: neighbours in the index of
    /// addresses then share pages.
    ///
    /// A single piece keeps the order of the table.
    func pieces(of size: Int) -> [ImportChunk] {
        guard rows.count > size else { return [self] }
        let order = orderByEmail() ?? Array(rows.indices)
        var pieces = stride(from: 0, to: rows.count, by: size).map { start in
            ImportChunk(rows: order[start..<min(start + size, rows.count)].map { rows[$0] })
        }
        pieces[0].remarks = remarks
        pieces[0].skipped = skipped
        return pieces
    }

    /// The places of the rows by address, those with the same as they stand; nil where another key may decide.
    private func orderByEmail() -> [Int]? {
        var keys: [(prefix: UInt64, place: Int)] = []
        keys.reserveCapacity(rows.count)
        for (place, row) in rows.enumerated() {
            guard row.id == nil, row.ext == nil, let email = row.fields.email else { return nil }
            var prefix: UInt64 = 0
            var length = 0
            for byte in email.key.utf8.prefix(8) {
                prefix = prefix << 8 | UInt64(byte)
                length += 1
            }
            keys.append((prefix << UInt64(8 * (8 - length)), place))
        }
        // Addresses with the same beginning are neighbours all the same, if not in order.
        keys.sort { $0.prefix != $1.prefix ? $0.prefix < $1.prefix : $0.place < $1.place }
        return keys.map(\.place)
    }
}
