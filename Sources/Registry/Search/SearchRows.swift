internal import Storage

/// Rows of the search index that are to be entered into one run.
public struct SearchRows: Sendable, Equatable {
    /// Run, gram and set of customers of each.
    var values = PackedValues()
    public private(set) var count = 0
    private let run: Int64

    init(run: Int64) {
        self.run = run
    }

    mutating func append(gram: Int64, customers: UnsafeRawBufferPointer) {
        values.append(run)
        values.append(gram)
        values.append(blob: customers)
        count += 1
    }

    /// Calls `body` with each row's run, gram and set of customers.
    public func forEach(_ body: (Int64, Int64, UnsafeRawBufferPointer) throws -> Void) rethrows {
        guard count > 0 else { return }
        try values.read(from: 0) { reader in
            for _ in 0..<count { try body(reader.integer() ?? 0, reader.integer() ?? 0, reader.blob()) }
        }
    }
}
