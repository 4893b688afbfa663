/// Several words as one cell, as an import reads them: `VIP,Horeca`, or `"a;b","c"` where a word has a sign of its own.
enum ListText {
    static func text(_ words: [String]) -> String {
        guard words.contains(where: needsQuotes) else { return words.joined(separator: ",") }
        return words.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    }

    private static func needsQuotes(_ word: String) -> Bool {
        word.contains { ",;|\"\n\r".contains($0) } || word.contains(":::")
    }
}
