/// Text that a spreadsheet takes for text.
///
/// A cell that begins like a formula would be carried out when somebody opens the file. An apostrophe before it keeps
/// it text; reading takes that apostrophe off again, so that a value comes back as it was, an apostrophe of its own
/// included. A plain number below zero is no formula and stays a number. <https://owasp.org/www-community/attacks/CSV_Injection>
public enum SpreadsheetText {
    /// The text with an apostrophe before it if it begins like a formula.
    public static func protected(_ text: String) -> String {
        beginsLikeFormula(text.utf8.drop { $0 == ASCII.apostrophe }) ? "'" + text : text
    }

    /// The text without the apostrophe that protected it.
    public static func plain(_ text: String) -> String {
        guard text.utf8.first == ASCII.apostrophe else { return text }
        return beginsLikeFormula(text.utf8.drop { $0 == ASCII.apostrophe }) ? String(text.dropFirst()) : text
    }

    private static func beginsLikeFormula(_ bytes: Substring.UTF8View) -> Bool {
        switch bytes.first {
        case UInt8(ascii: "-"): !isNumber(bytes.dropFirst())
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "@"), ASCII.tab,
            ASCII.carriageReturn, ASCII.lineFeed:
            true
        case 0xEF:
            // Full-width forms of the same signs: ＝ ＋ － ＠.
            [[0xBC, 0x9D], [0xBC, 0x8B], [0xBC, 0x8D], [0xBC, 0xA0]].contains(Array(bytes.dropFirst().prefix(2)))
        default: false
        }
    }

    /// Whether there are digits, with at most one point or comma among them.
    private static func isNumber(_ bytes: Substring.UTF8View) -> Bool {
        let parts = bytes.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",")
        }
        return parts.count <= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            }
    }
}
