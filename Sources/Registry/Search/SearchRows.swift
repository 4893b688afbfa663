internal import Storage

/// Rows of the search index that are to be entered into one run.
public struct SearchRows: Sendable, Equatable {
    /// Key and grams of each.
    private(set) var values = PackedValues()
    public private(set) var count = 0
    private let run: Int64
    /// The most bytes of a row with several grams.
    private let limit: Int
    /// The last row, which is still to be filled.
    private var open = GramGroup()

    init(run: Int64, limit: Int = GramGroup.limit) {
        self.run = run
        self.limit = limit
    }

    /// All rows of some grams, ascending.
    init(_ grams: [SearchRow], ofRun run: Int64, limit: Int) {
        self.init(run: run, limit: limit)
        for row in grams { row.customers.withUnsafeBytes { append(gram: row.gram, customers: $0) } }
        close()
    }

    /// Adds a gram behind the others.
    mutating func append(gram: Int64, customers: UnsafeRawBufferPointer) {
        if !open.hasRoom(for: customers.count, upTo: limit) { close() }
        open.append(gram: gram, customers: customers)
    }

    /// Ends the last row; to be called when all grams are there.
    mutating func close() {
        guard !open.isEmpty else { return }
        values.append(GramGroup.key(of: open.first, inRun: run))
        open.bytes.withUnsafeBytes { values.append(blob: $0) }
        count += 1
        open.removeAll()
    }

    /// Calls `body` with each row's key and grams.
    public func forEach(_ body: (Int64, UnsafeRawBufferPointer) throws -> Void) rethrows {
        guard count > 0 else { return }
        try values.read(from: 0) { reader in
            for _ in 0..<count { try body(reader.integer() ?? 0, reader.blob()) }
        }
    }
}
