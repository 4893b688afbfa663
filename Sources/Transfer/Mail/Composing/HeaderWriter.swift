/// The header of a mail as it grows, folded at spaces.
struct HeaderWriter {
    /// The fields so far; every line ends in LF.
    private(set) var bytes: [UInt8] = []

    /// Where a line is folded when it can be. <https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1>
    private static let width = 78

    /// Adds a field.
    ///
    /// - Parameters:
    ///   - name: The field's name.
    ///   - words: What stands in it, to be parted by single spaces; an empty word is one space more.
    mutating func append(_ name: String, _ words: [String]) {
        var column = name.utf8.count + 1
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ":"))
        for (index, word) in words.enumerated() {
            let size = word.utf8.count
            if index > 0, size > 0, column + 1 + size > Self.width {
                bytes.append(UInt8(ascii: "\n"))
                column = 0
            }
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: word.utf8)
            column += 1 + size
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}
