/// How a table parts its fields.
public struct CSVDialect: Sendable, Equatable {
    /// The byte between two fields: a comma, semicolon, tab or pipe.
    public let delimiter: UInt8
    /// How many bytes stand before the first record: those of Excel's line `sep=;`.
    public let prologue: Int

    /// Records looked at to tell one delimiter from another.
    private static let sample = 100

    /// Tells how a table is written from its beginning, in UTF-8 without a byte order mark.
    ///
    /// A line `sep=;` decides. Otherwise the delimiter wins with which most records have as many fields as the first;
    /// of equals the one that makes more fields.
    public init(detectingIn start: [UInt8]) {
        if let (delimiter, length) = Self.separatorLine(of: start) {
            self.delimiter = delimiter
            prologue = length
            return
        }
        prologue = 0
        var best = (delimiter: ASCII.comma, share: 0.0, fields: 1)
        for delimiter in [ASCII.comma, ASCII.semicolon, ASCII.tab, ASCII.pipe] {
            let counts = Self.counts(in: start, delimiter: delimiter)
            guard let fields = counts.first, fields > 1 else { continue }
            let share = Double(counts.count { $0 == fields }) / Double(counts.count)
            if share > best.share || share == best.share && fields > best.fields { best = (delimiter, share, fields) }
        }
        delimiter = best.delimiter
    }

    /// The delimiter that Excel's first line names, and the length of that line.
    private static func separatorLine(of start: [UInt8]) -> (UInt8, Int)? {
        let line = Array(start.prefix { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn })
        let bare = line.filter { $0 != ASCII.quote }
        guard bare.count == 5, String(decoding: bare[..<4], as: UTF8.self).lowercased() == "sep=",
            [ASCII.comma, ASCII.semicolon, ASCII.tab, ASCII.pipe].contains(bare[4])
        else { return nil }
        var length = line.count
        if length < start.count, start[length] == ASCII.carriageReturn { length += 1 }
        if length < start.count, start[length] == ASCII.lineFeed { length += 1 }
        return (bare[4], length)
    }

    /// The numbers of fields of the first records that hold anything.
    private static func counts(in start: [UInt8], delimiter: UInt8) -> [Int] {
        var reader = CSVReader(delimiter: delimiter)
        var counts: [Int] = []
        let count = { (record: CSVRecord) in if !record.isBlank, counts.count < sample { counts.append(record.count) } }
        start.withUnsafeBufferPointer { reader.read($0, count) }
        // The last record may be cut where the beginning ends.
        if counts.count < 2 { reader.finish(count) }
        return counts
    }
}
