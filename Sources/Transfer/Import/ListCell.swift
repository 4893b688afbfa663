/// Several words in one cell.
enum ListCell {
    /// The words of a cell, without repetitions: `vip, horeca`, `a;b`, `"a","b"`, `* myContacts ::: Family`.
    ///
    /// Google's own labels, which begin with an asterisk, are left out.
    static func words(_ cell: String) -> [String] {
        let parts: [String]
        if cell.contains(":::") {
            parts = cell.split(separator: ":::").map(String.init)
        } else if cell.contains("\"") {
            parts = quoted(cell)
        } else {
            let separator: Character = cell.contains(";") ? ";" : cell.contains("|") ? "|" : ","
            parts = cell.split(separator: separator).map(String.init)
        }
        var words: [String] = []
        for part in parts {
            let word = part.trimmed
            if !word.isEmpty, !word.hasPrefix("*"), !words.contains(word) { words.append(word) }
        }
        return words
    }

    private static func quoted(_ cell: String) -> [String] {
        var reader = CSVReader(delimiter: ASCII.comma)
        var words: [String] = []
        let bytes = Array(cell.utf8)
        bytes.withUnsafeBufferPointer { reader.read($0) { words += $0.fields } }
        reader.finish { words += $0.fields }
        return words
    }
}

extension String {
    /// The text without the white space around it.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
