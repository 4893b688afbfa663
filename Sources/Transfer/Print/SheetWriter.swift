/// Builds HTML piece by piece; whatever comes from people is escaped on its way in.
struct SheetWriter {
    private let language: SheetLanguage
    private(set) var html = ""

    init(_ language: SheetLanguage) {
        self.language = language
    }

    mutating func take() -> String {
        defer { html = "" }
        return html
    }

    /// Markup as it is; never text from people.
    mutating func markup(_ markup: StaticString) { html += "\(markup)\n" }

    mutating func heading(_ word: SheetWord) { html += "<h2>\(HTMLEscape.escaped(word.text(language)))</h2>\n" }

    mutating func element(_ name: StaticString, _ text: String, style: StaticString? = nil) {
        let attribute = style.map { " class=\"\($0)\"" } ?? ""
        html += "<\(name)\(attribute) dir=\"auto\">\(HTMLEscape.escaped(text))</\(name)>\n"
    }

    /// A labelled value; nothing where there is none.
    mutating func field(_ word: SheetWord, _ value: String?) {
        field(word.text(language), value)
    }

    mutating func field(_ label: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        html += "<dt>\(HTMLEscape.escaped(label))</dt><dd dir=\"auto\">\(HTMLEscape.escaped(value))</dd>\n"
    }

    /// A table's heading; `numeric` columns, counted from 0, stand to the right.
    mutating func columns(_ words: [SheetWord], numeric: Set<Int> = []) {
        let cells = words.enumerated().map { index, word in
            "<th\(numeric.contains(index) ? " class=\"n\"" : "")>\(HTMLEscape.escaped(word.text(language)))</th>"
        }
        html += "<table><thead><tr>\(cells.joined())</tr></thead>\n"
    }

    mutating func row(_ cells: [String], numeric: Set<Int> = [], style: StaticString? = nil) {
        let attribute = style.map { " class=\"\($0)\"" } ?? ""
        let texts = cells.enumerated().map { index, cell in
            "<td\(numeric.contains(index) ? " class=\"n\"" : " dir=\"auto\"")>\(HTMLEscape.escaped(cell))</td>"
        }
        html += "<tr\(attribute)>\(texts.joined())</tr>\n"
    }

    /// The page up to its body.
    mutating func open(language: SheetLanguage, title: String) {
        html += """
            <html lang="\(language.rawValue)"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width"><title>\(HTMLEscape.escaped(title))</title>
            <style>
            \(SheetStyle.css)
            </style></head><body>

            """
    }

    /// A position of an order.
    mutating func line(name: String, quantity: String, amount: String) {
        html += """
            <tr class="line"><td colspan="3" dir="auto">\(HTMLEscape.escaped(name))</td>\
            <td class="n">\(HTMLEscape.escaped(quantity))</td><td class="n">\(HTMLEscape.escaped(amount))</td></tr>

            """
    }

    /// An address as on a label.
    mutating func address(title: String, lines: [String]) {
        let heading = title.isEmpty ? "" : "<b>\(HTMLEscape.escaped(title))</b>"
        html += "<address dir=\"auto\">\(heading)\(HTMLEscape.escaped(lines.joined(separator: "\n")))</address>\n"
    }

    /// A row of one cell over all columns.
    mutating func wide(_ text: String, columns: Int, style: StaticString) {
        html += "<tr class=\"\(style)\"><td colspan=\"\(columns)\" dir=\"auto\">\(HTMLEscape.escaped(text))</td></tr>\n"
    }
}
