internal import Registry

/// Rows that are entered in one transaction.
struct ImportChunk: Sendable {
    var rows = ImportRows()
    var remarks: [ImportRemark] = []
    /// Rows left out in reading.
    var skipped = 0

    /// How many rows it stands for.
    var count: Int { rows.count + skipped }

    /// Calls `body` with the rows in pieces of so many, ordered by address if that is all they are found by: neighbours in
    /// the index of addresses then share pages.
    ///
    /// A single piece keeps the order of the table.
    func forEachPiece(of size: Int, _ body: (ImportChunk) throws -> Void) rethrows {
        guard rows.count > size else { return try body(self) }
        let order = rows.orderByEmail() ?? rows.indices.map { Int32($0) }
        for start in stride(from: 0, to: order.count, by: size) {
            var piece = ImportChunk()
            piece.rows = rows.picking(order[start..<min(start + size, order.count)])
            if start == 0 { (piece.remarks, piece.skipped) = (remarks, skipped) }
            try body(piece)
        }
    }
}
