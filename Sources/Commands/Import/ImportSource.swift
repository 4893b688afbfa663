internal import Transfer

/// A table or an address book that a request brings, as bytes and then as records.
struct ImportSource: Sendable {
    /// How the file is written.
    enum Format: Sendable {
        case table(CSVDialect, sample: [CSVRecord])
        case cards(CardSource)
    }

    let charset: Charset
    let format: Format
    /// How many lines or cards there are, about as many as records.
    let lines: Int
    private let file: FileArgument

    /// Bytes read at a time.
    private static let piece = 256 << 10

    /// Looks at the whole file; `charset` is what the caller says it is, nil to tell from the bytes.
    ///
    /// - Throws: ``CharsetError``, or what the file system says.
    init(_ file: FileArgument, charset: Charset?) throws {
        self.file = file
        if let format = try Self.cardFormat(of: file, charset) {
            let cards = try CardSource(format, charset: charset) { try Self.forEachPiece(of: file, $0) }
            self.charset = cards.charset
            self.format = .cards(cards)
            lines = cards.count
            return
        }
        var detector = CharsetDetector()
        var lines = 0
        try Self.forEachPiece(of: file) { bytes in
            lines += bytes.count { $0 == UInt8(ascii: "\n") }
            if charset == nil { detector.take(bytes) }
        }
        self.lines = lines
        let found = try charset ?? detector.charset()
        self.charset = found
        let (dialect, sample) = try Self.opening(of: file, found)
        format = .table(dialect, sample: sample)
    }

    /// Reads all records; `body` gets each with its number: a table's as a spreadsheet shows it, a card's as counted.
    ///
    /// - Throws: ``CharsetError``, what the file system says, or what `body` throws.
    func forEachRecord(_ body: (CSVRecord, Int) throws -> Void) throws {
        switch format {
        case .table(let dialect, _): try forEachRecord(dialect, body)
        case .cards(let cards): try cards.forEachRecord({ try Self.forEachPiece(of: file, $0) }, body)
        }
    }

    private func forEachRecord(_ dialect: CSVDialect, _ body: (CSVRecord, Int) throws -> Void) throws {
        var decoder = try CharsetDecoder(charset)
        var reader = CSVReader(delimiter: dialect.delimiter)
        var prologue = dialect.prologue
        var row = 0
        func count(_ record: CSVRecord) throws {
            row += 1
            try body(record, row)
        }
        try Self.forEachPiece(of: file) { bytes in
            let text = try decoder.decode(bytes)
            let skipped = min(prologue, text.count)
            prologue -= skipped
            try text.withUnsafeBufferPointer { try reader.read(UnsafeBufferPointer(rebasing: $0[skipped...]), count) }
        }
        try decoder.finish()
        try reader.finish(count)
    }

    /// The format of an address book; nil for a table.
    private static func cardFormat(of file: FileArgument, _ charset: Charset?) throws -> CardFormat? {
        let start = try file.read(at: 0, count: 4_096)
        guard let wide = Charset(byteOrderMark: start) else { return CardFormat(detectingIn: start) }
        var decoder = try CharsetDecoder(wide)
        return CardFormat(detectingIn: try decoder.decode(start))
    }

    /// How a table is written, and its first records.
    private static func opening(of file: FileArgument, _ charset: Charset) throws -> (CSVDialect, [CSVRecord]) {
        var decoder = try CharsetDecoder(charset)
        let start = try decoder.decode(try file.read(at: 0, count: piece))
        let dialect = CSVDialect(detectingIn: start)
        var reader = CSVReader(delimiter: dialect.delimiter)
        var sample: [CSVRecord] = []
        let keep = { (record: CSVRecord) in if sample.count < ImportPlan.sampleSize { sample.append(record) } }
        Array(start.dropFirst(dialect.prologue)).withUnsafeBufferPointer { reader.read($0, keep) }
        // Where there is more, the last record of the piece may be cut.
        if file.count <= piece { reader.finish(keep) }
        return (dialect, sample)
    }

    private static func forEachPiece(of file: FileArgument, _ body: ([UInt8]) throws -> Void) throws {
        var offset: Int64 = 0
        while true {
            let bytes = try file.read(at: offset, count: piece)
            guard !bytes.isEmpty else { return }
            offset += Int64(bytes.count)
            try body(bytes)
        }
    }
}
