internal import Transfer

/// A table that a request brings, as text and then as records.
struct ImportSource: Sendable {
    let charset: Charset
    let dialect: CSVDialect
    /// How many lines there are, about as many as records.
    let lines: Int
    /// The first records.
    let sample: [CSVRecord]
    private let file: FileArgument

    /// Bytes read at a time.
    private static let piece = 256 << 10

    /// Looks at the whole file once; `charset` is what the caller says it is, nil to tell from the bytes.
    ///
    /// - Throws: ``CharsetError``, or what the file system says.
    init(_ file: FileArgument, charset: Charset?) throws {
        self.file = file
        var detector = CharsetDetector()
        var lines = 0
        try Self.forEachPiece(of: file) { bytes in
            lines += bytes.count { $0 == UInt8(ascii: "\n") }
            if charset == nil { detector.take(bytes) }
        }
        self.lines = lines
        self.charset = try charset ?? detector.charset()
        var decoder = try CharsetDecoder(self.charset)
        let start = try decoder.decode(try file.read(at: 0, count: Self.piece))
        let dialect = CSVDialect(detectingIn: start)
        self.dialect = dialect
        var reader = CSVReader(delimiter: dialect.delimiter)
        var sample: [CSVRecord] = []
        let keep = { (record: CSVRecord) in if sample.count < ImportPlan.sampleSize { sample.append(record) } }
        Array(start.dropFirst(dialect.prologue)).withUnsafeBufferPointer { reader.read($0, keep) }
        // Where there is more, the last record of the piece may be cut.
        if file.count <= Self.piece { reader.finish(keep) }
        self.sample = sample
    }

    /// Reads all records; `body` gets each with its number as a spreadsheet shows it.
    ///
    /// - Throws: ``CharsetError``, what the file system says, or what `body` throws.
    func forEachRecord(_ body: (CSVRecord, Int) throws -> Void) throws {
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
