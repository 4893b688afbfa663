public import Registry

/// One record of a table: its fields, unquoted; a card of an address book makes one, too.
public struct CSVRecord: Sendable, Equatable {
    /// The line on which it begins, counted from 1.
    public internal(set) var line = 1
    /// What is wrong with it; nil when it reads without doubt.
    public internal(set) var problem: CSVProblem?
    /// What is to be said of it whatever its fields are taken for.
    public internal(set) var remarks: [ImportRemark] = []
    /// The bytes of all fields, one after the other.
    var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    var ends: [Int] = []

    /// An empty record, to be filled.
    init() {}

    /// A record of some texts.
    init(_ texts: [String], line: Int, remarks: [ImportRemark]) {
        self.line = line
        self.remarks = remarks
        for text in texts {
            bytes += text.utf8
            ends.append(bytes.count)
        }
    }

    /// How many fields there are; at least 1.
    public var count: Int { ends.count }

    /// Whether it is an empty line.
    public var isBlank: Bool { bytes.isEmpty && ends.count == 1 }

    /// A field's text, fields counted from 0; empty beyond the last one.
    public func text(_ field: Int) -> String {
        String(decoding: bytes[range(field)], as: UTF8.self)
    }

    /// Whether a field is empty or not there, fields counted from 0.
    public func isEmpty(_ field: Int) -> Bool { range(field).isEmpty }

    /// Hands over a field's UTF-8, fields counted from 0; none beyond the last one.
    public func withBytes<Result>(_ field: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows
        -> Result
    {
        let range = range(field)
        return try bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The texts of all fields.
    public var fields: [String] { (0..<count).map(text) }

    private func range(_ field: Int) -> Range<Int> {
        guard field < ends.count else { return 0..<0 }
        return (field == 0 ? 0 : ends[field - 1])..<ends[field]
    }

    mutating func clear(line: Int) {
        self.line = line
        problem = nil
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }
}
