import Transfer

/// A whole table in memory.
struct Table {
    var records: [CSVRecord] = []

    var rows: [[String]] { records.map(\.fields) }

    var problems: [CSVProblem] { records.compactMap(\.problem) }

    /// Reads a text, handed over in pieces of `piece` bytes.
    init(_ text: String, delimiter: Character = ",", piece: Int = .max) {
        self.init(Array(text.utf8), delimiter: delimiter.asciiValue ?? 0, piece: piece)
    }

    init(_ bytes: [UInt8], delimiter: UInt8, piece: Int = .max) {
        var reader = CSVReader(delimiter: delimiter)
        var start = 0
        while start < bytes.count {
            let end = piece < bytes.count - start ? start + piece : bytes.count
            Array(bytes[start..<end]).withUnsafeBufferPointer { reader.read($0) { records.append($0) } }
            start = end
        }
        reader.finish { records.append($0) }
    }

    /// Reads a file as an import does: its charset, then its dialect, then its records.
    init(file bytes: [UInt8], charset: Charset? = nil) throws {
        var detector = CharsetDetector()
        detector.take(bytes)
        var decoder = try CharsetDecoder(try charset ?? detector.charset())
        let text = try decoder.decode(bytes)
        try decoder.finish()
        let dialect = CSVDialect(detectingIn: text)
        self.init(Array(text.dropFirst(dialect.prologue)), delimiter: dialect.delimiter)
    }
}
