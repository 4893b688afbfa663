/// Writes a table as RFC 4180 asks: CR LF after each record, quotation marks where they are needed.
///
/// Cells that begin like a formula are protected (``SpreadsheetText``). <https://www.rfc-editor.org/rfc/rfc4180>
public struct CSVWriter: Sendable {
    /// What makes Excel read a file as UTF-8.
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private let delimiter: UInt8
    private var written: [UInt8] = []

    /// Writes records whose fields are parted by `delimiter`.
    public init(delimiter: UInt8 = UInt8(ascii: ",")) {
        self.delimiter = delimiter
    }

    /// Writes one record.
    public mutating func record(_ fields: [String]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { written.append(delimiter) }
            var text = SpreadsheetText.protected(field)
            text.withUTF8 { append($0, isAlone: fields.count == 1) }
        }
        written.append(ASCII.carriageReturn)
        written.append(ASCII.lineFeed)
    }

    /// How many bytes ``take()`` would give.
    public var count: Int { written.count }

    /// What has been written since the last call, in UTF-8.
    public mutating func take() -> [UInt8] {
        defer { written.removeAll(keepingCapacity: true) }
        return written
    }

    private mutating func append(_ field: UnsafeBufferPointer<UInt8>, isAlone: Bool) {
        guard needsQuotes(field, isAlone: isAlone) else { return written.append(contentsOf: field) }
        written.append(ASCII.quote)
        for byte in field {
            if byte == ASCII.quote { written.append(byte) }
            written.append(byte)
        }
        written.append(ASCII.quote)
    }

    /// A lone empty field would be an empty line, which says nothing.
    private func needsQuotes(_ field: UnsafeBufferPointer<UInt8>, isAlone: Bool) -> Bool {
        guard let first = field.first, let last = field.last else { return isAlone }
        return first == ASCII.space || last == ASCII.space
            || field.contains {
                $0 == delimiter || $0 == ASCII.quote || $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn
            }
    }
}
