/// Cuts UTF-8 into the records of a table, piece by piece, in bounded memory.
///
/// RFC 4180 with what real files need: any of CR, LF and CR LF ends a record; quotation marks inside an unquoted field
/// are text; blanks after a closing one are dropped; one that is not doubled is kept and reported. An empty line is a
/// record of one empty field. <https://www.rfc-editor.org/rfc/rfc4180>
public struct CSVReader: Sendable {
    private enum State {
        case recordStart
        case fieldStart
        case unquoted
        case quoted
        /// After a quotation mark in a quoted field: it may have closed the field, or be doubled.
        case quoteSeen
        /// After blanks that follow such a mark.
        case afterQuote
    }

    /// The most bytes of a record.
    public static let byteLimit = 1 << 20
    /// The most fields of a record.
    public static let fieldLimit = 4_096

    private let delimiter: UInt8
    private var state = State.recordStart
    private var record = CSVRecord()
    /// The line of the next byte.
    private var line = 1
    private var endedWithCarriageReturn = false
    /// Where the text before a closing quotation mark ends.
    private var closing = 0

    /// Reads records whose fields are parted by `delimiter`.
    public init(delimiter: UInt8) {
        self.delimiter = delimiter
    }

    /// Takes the next bytes; `body` gets each record they complete.
    ///
    /// - Throws: What `body` throws.
    public mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (CSVRecord) throws -> Void) rethrows {
        var index = 0
        while index < bytes.count {
            switch state {
            case .recordStart:
                if endedWithCarriageReturn {
                    endedWithCarriageReturn = false
                    if bytes[index] == ASCII.lineFeed {
                        index += 1
                        continue
                    }
                }
                record.clear(line: line)
                state = .fieldStart
            case .fieldStart:
                if bytes[index] == ASCII.quote {
                    state = .quoted
                    index += 1
                } else {
                    state = .unquoted
                }
            case .unquoted: index = try readUnquoted(bytes, from: index, body)
            case .quoted: index = readQuoted(bytes, from: index)
            case .quoteSeen, .afterQuote:
                let byte = bytes[index]
                index += 1
                if try !closes(byte, body) { goOn(with: byte) }
            }
        }
    }

    /// Takes the end of the file; `body` gets a last record without a line end.
    ///
    /// - Throws: What `body` throws.
    public mutating func finish(_ body: (CSVRecord) throws -> Void) rethrows {
        switch state {
        case .recordStart: return
        case .fieldStart, .unquoted: break
        case .quoted: note(.unclosedQuote)
        case .quoteSeen, .afterQuote: record.bytes.removeLast(record.bytes.count - closing)
        }
        endField()
        state = .recordStart
        try body(record)
    }

    private mutating func readUnquoted(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (CSVRecord) throws -> Void
    ) rethrows -> Int {
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            if byte == delimiter || byte == ASCII.lineFeed || byte == ASCII.carriageReturn { break }
            end += 1
        }
        append(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        guard end < bytes.count else { return end }
        _ = try ends(at: bytes[end], body)
        return end + 1
    }

    private mutating func readQuoted(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != ASCII.quote {
            if bytes[end] == ASCII.lineFeed { line += 1 }
            end += 1
        }
        append(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        guard end < bytes.count else { return end }
        closing = record.bytes.count
        state = .quoteSeen
        return end + 1
    }

    /// Ends the field, and perhaps the record, when `byte` says so.
    ///
    /// - Returns: Whether it did.
    private mutating func ends(at byte: UInt8, _ body: (CSVRecord) throws -> Void) rethrows -> Bool {
        if byte == delimiter {
            endField()
            state = .fieldStart
            return true
        }
        guard byte == ASCII.lineFeed || byte == ASCII.carriageReturn else { return false }
        endField()
        line += 1
        endedWithCarriageReturn = byte == ASCII.carriageReturn
        state = .recordStart
        try body(record)
        return true
    }

    /// Takes a byte after a quotation mark that may have closed the field.
    private mutating func closes(_ byte: UInt8, _ body: (CSVRecord) throws -> Void) rethrows -> Bool {
        guard byte == delimiter || byte == ASCII.lineFeed || byte == ASCII.carriageReturn else { return false }
        record.bytes.removeLast(record.bytes.count - closing)
        return try ends(at: byte, body)
    }

    /// Takes a byte that shows the quotation mark before it was none that closes, or may still not have been.
    private mutating func goOn(with byte: UInt8) {
        let isDoubled = state == .quoteSeen && byte == ASCII.quote
        if state == .quoteSeen { append(ASCII.quote) }
        if isDoubled {
            state = .quoted
        } else if byte == ASCII.space || byte == ASCII.tab {
            append(byte)
            state = .afterQuote
        } else {
            note(.strayQuote)
            if byte == ASCII.quote {
                closing = record.bytes.count
                state = .quoteSeen
            } else {
                append(byte)
                state = .quoted
            }
        }
    }

    private mutating func endField() {
        guard record.ends.count < Self.fieldLimit else { return note(.tooManyFields(limit: Self.fieldLimit)) }
        record.ends.append(record.bytes.count)
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        let room = Self.byteLimit - record.bytes.count
        guard bytes.count <= room else {
            record.bytes.append(contentsOf: bytes.prefix(max(room, 0)))
            return note(.tooLong(limit: Self.byteLimit))
        }
        record.bytes.append(contentsOf: bytes)
    }

    private mutating func append(_ byte: UInt8) {
        guard record.bytes.count < Self.byteLimit else { return note(.tooLong(limit: Self.byteLimit)) }
        record.bytes.append(byte)
    }

    /// The first thing that is wrong counts, but that the record is cut outweighs it.
    private mutating func note(_ problem: CSVProblem) {
        switch problem {
        case .strayQuote: record.problem = record.problem ?? problem
        case .unclosedQuote: if record.problem == nil || record.problem == .strayQuote { record.problem = problem }
        case .tooLong, .tooManyFields: record.problem = problem
        }
    }
}
