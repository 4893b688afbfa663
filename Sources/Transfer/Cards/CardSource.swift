internal import Registry

/// An address book, as a table that has a row for each card and a column for each thing that cards say.
public struct CardSource: Sendable {
    /// Hands over the bytes of the file from its beginning, piece by piece.
    public typealias Pieces = (_ body: ([UInt8]) throws -> Void) throws -> Void

    public let format: CardFormat
    /// What is written in no charset of its own.
    public let charset: Charset
    /// How many cards there are.
    public let count: Int
    /// The first records, one a card.
    public let sample: [CSVRecord]
    private let table: CardColumns

    public var columns: [ImportColumn] { table.columns }

    /// Looks at the whole file; `charset` is what the caller says it is, nil to tell from the bytes.
    ///
    /// - Throws: ``CharsetError``, or what `pieces` throws.
    public init(_ format: CardFormat, charset given: Charset?, _ pieces: @escaping Pieces) throws {
        self.format = format
        let charset = try given ?? Self.charset(format, pieces)
        self.charset = charset
        let text = CardText(charset)
        var count = 0
        var table = CardColumns()
        var first: [CardCells] = []
        try Self.forEachCard(format, charset, pieces) { card in
            let cells = CardCells(card, format, text)
            count += 1
            table.take(cells)
            if first.count < ImportPlan.sampleSize { first.append(cells) }
        }
        self.count = count
        self.table = table
        sample = first.enumerated().map { table.record($1, number: $0 + 1) }
    }

    /// Reads all cards; `body` gets each as a record with its number, counted from 1.
    ///
    /// - Throws: ``CharsetError``, what `pieces` throws, or what `body` throws.
    public func forEachRecord(_ pieces: @escaping Pieces, _ body: (CSVRecord, Int) throws -> Void) throws {
        let text = CardText(charset)
        var number = 0
        try Self.forEachCard(format, charset, pieces) { card in
            number += 1
            try body(table.record(CardCells(card, format, text), number: number), number)
        }
    }

    private static func charset(_ format: CardFormat, _ pieces: @escaping Pieces) throws -> Charset {
        var start: [UInt8] = []
        var detector = CharsetDetector()
        var reader = CardReader(format)
        try pieces { bytes in
            if start.count < 2 { start += bytes.prefix(2) }
            reader.read(bytes) { CardText.show($0, to: &detector) }
        }
        reader.finish { CardText.show($0, to: &detector) }
        return try Charset(byteOrderMark: start) ?? detector.charset()
    }

    private static func forEachCard(
        _ format: CardFormat, _ charset: Charset, _ pieces: @escaping Pieces, _ body: (Card) throws -> Void
    ) throws {
        var reader = CardReader(format)
        // Of one charset as a whole is only what no part could name another for.
        let isWide = charset == .utf16LittleEndian || charset == .utf16BigEndian
        var decoder = isWide ? try CharsetDecoder(charset) : nil
        var start: [UInt8]? = []
        try pieces { bytes in
            if let decoded = try decoder?.decode(bytes) { return try reader.read(decoded, body) }
            guard let begun = start else { return try reader.read(bytes, body) }
            let together = begun + bytes
            start = together.count < 3 ? together : nil
            guard start == nil else { return }
            try reader.read(
                together.starts(with: CSVWriter.byteOrderMark) ? Array(together.dropFirst(3)) : together, body)
        }
        try decoder?.finish()
        try reader.finish(body)
    }
}
