/// The header of a mail or of a part of one.
public struct MailHeader: Sendable, Equatable {
    /// All fields in their order.
    public let fields: [MailHeaderField]

    /// The first field of a name.
    ///
    /// - Parameter name: In lower case.
    /// - Returns: Nil when there is none.
    public func first(_ name: String) -> MailHeaderField? { fields.first { $0.name.lowercased() == name } }

    /// All fields of a name.
    ///
    /// - Parameter name: In lower case.
    /// - Returns: In their order.
    public func all(_ name: String) -> [MailHeaderField] { fields.filter { $0.name.lowercased() == name } }

    /// Reads the header at the start of some bytes.
    ///
    /// A line that is no field continues the field before it, indented or not; without a field before it, and in a
    /// header that no empty line ends, the body begins there.
    ///
    /// - Returns: The header, and where its body begins.
    static func read(_ bytes: ArraySlice<UInt8>) -> (header: MailHeader, body: Int) {
        var fields: [(name: String, value: [UInt8])] = []
        var index = bytes.startIndex
        var firstStray: (index: Int, fields: Int)?
        while index < bytes.endIndex {
            let line = Lines.line(bytes, at: index)
            if line.content.isEmpty {
                if fields.isEmpty, firstStray == nil, index == bytes.startIndex {
                    return (MailHeader(fields: []), line.next)
                }
                return (MailHeader(fields.map { ($0.name, $0.value[...]) }), line.next)
            }
            let isFolded = Lines.isBlank(line.content[line.content.startIndex])
            if isFolded, let last = fields.indices.last {
                fields[last].value += line.content
            } else if let colon = colon(of: line.content) {
                let name = Lines.trimmed(line.content[..<colon])
                fields.append((String(decoding: name, as: UTF8.self), Array(line.content[(colon + 1)...])))
            } else if let last = fields.indices.last {
                if firstStray == nil { firstStray = (index, fields.count) }
                fields[last].value += [UInt8(ascii: " ")] + line.content
            } else {
                return (MailHeader(fields: []), index)
            }
            index = line.next
        }
        // The header never ended: what is no field was the text.
        guard let firstStray else { return (MailHeader(fields.map { ($0.name, $0.value[...]) }), index) }
        return read(bytes, until: firstStray.index)
    }

    private static func read(_ bytes: ArraySlice<UInt8>, until end: Int) -> (header: MailHeader, body: Int) {
        (read(bytes[bytes.startIndex..<end]).header, end)
    }

    private init(_ raw: [(name: String, value: ArraySlice<UInt8>)]) {
        fields = raw.map {
            MailHeaderField(name: $0.name, value: MailCharset.text(Array(Lines.trimmed($0.value)), named: "utf-8"))
        }
    }

    private init(fields: [MailHeaderField]) { self.fields = fields }

    /// Where the colon after a field's name is; nil when the line is no field.
    private static func colon(of line: ArraySlice<UInt8>) -> Int? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = Lines.trimmed(line[..<colon])
        let isName = !name.isEmpty && name.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return isName ? colon : nil
    }
}
