/// What in a text speaks for its being the line above a quotation.
struct AttributionSigns {
    /// Its last word is "wrote", in one of many languages.
    let endsInVerb: Bool
    /// "wrote" is anywhere in it.
    let hasVerb: Bool
    let endsInColon: Bool
    /// It ends in an address in brackets, whether a colon follows or not.
    let endsInBracket: Bool
    let hasAddress: Bool
    let hasBracketedAddress: Bool
    let hasYear: Bool
    /// It has a year or a time of day.
    let hasDate: Bool
    let startsWithDigit: Bool
    /// It begins with a digit, with "on", or with a day of the week.
    let startsLikeOne: Bool

    /// - Parameter text: One line, or several joined by spaces.
    init(_ text: String) {
        let lower = text.lowercased()
        var end = lower[...]
        while let last = end.last, last.isWhitespace || ":：-*".contains(last) { end = end.dropLast() }
        let last = lower.last { !$0.isWhitespace }
        endsInColon = last == ":" || last == "："
        endsInBracket = end.hasSuffix(">") || end.hasSuffix(")") || end.hasSuffix("&gt;")
        endsInVerb = AttributionSigns.verbs.contains { AttributionSigns.ends(end, in: $0) }
        hasVerb = AttributionSigns.verbs.contains { lower.contains($0) }
        hasAddress = lower.contains("@")
        hasBracketedAddress = hasAddress && (lower.contains("<") || lower.contains("&lt;"))
        hasYear = AttributionSigns.hasYear(lower)
        hasDate = hasYear || AttributionSigns.hasTime(lower)
        startsWithDigit = lower.first?.isNumber == true
        let first = lower.prefix { !$0.isWhitespace && $0 != "," && $0 != "." }
        startsLikeOne = startsWithDigit || AttributionSigns.leads.contains(String(first)) || lower.hasPrefix("在")
    }

    /// Whether a text is nothing but "wrote:".
    static func isVerb(_ text: Substring) -> Bool {
        let word = text.lowercased().filter { $0 != ":" && $0 != "：" }
        return verbs.contains { word == $0 }
    }

    /// Whether a text ends in a word, and not in a longer one that ends alike.
    private static func ends(_ text: Substring, in word: String) -> Bool {
        guard text.hasSuffix(word) else { return false }
        let before = text.dropLast(word.count).last
        return before.map { !$0.isLetter || !$0.isASCII } ?? true
    }

    private static func hasYear(_ text: String) -> Bool {
        let numbers = text.split { !($0.isASCII && $0.isNumber) }
        if numbers.contains(where: { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) }) { return true }
        // 01/03/11
        return text.split(whereSeparator: \.isWhitespace).contains { word in
            let parts = word.split { $0 == "/" || $0 == "." || $0 == "," }
            return parts.count == 3 && parts.allSatisfy { $0.count <= 2 && $0.allSatisfy(\.isNumber) }
        }
    }

    private static func hasTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func isDigit(_ index: Int) -> Bool { bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9") }
        return bytes.indices.contains { index in
            guard index > 0, index + 2 < bytes.count, isDigit(index - 1), isDigit(index + 1) else { return false }
            let sign = bytes[index]
            let parts = sign == UInt8(ascii: ":") || sign == UInt8(ascii: ".") || sign == UInt8(ascii: "h")
            return parts && isDigit(index + 2)
        }
    }

    private static let verbs = [
        "wrote", "writes", "schrieb", "geschrieben", "écrit", "scritto", "escribió", "escribio", "escreveu",
        "schreef", "geschreven", "skrev", "napisał", "napisał(a)", "napisała", "napisao", "napisala", "написал",
        "написала", "написал(а)", "написав", "написао", "пише", "пишет", "kirjoitti", "yazdı", "yazmış", "napsal",
        "napsal(a)", "napsala", "napísal", "napísal(a)", "írta", "a scris", "έγραψε", "כתב", "כתבה", "כתב/ה", "كتب",
        "写道", "寫道", "写到", "のメール", "書きました", "작성", "đã viết", "kirjutas", "rakstīja", "rašė", "menulis", "เขียน",
        "va escriure",
    ]

    private static let leads: Set<String> = [
        "on", "am", "le", "il", "el", "em", "op", "den", "på", "w", "dnia", "dne", "dňa", "vào", "στις", "в", "у",
        "pada", "בתאריך", "في", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa",
        "so",
        "pon", "wt", "śr", "czw", "pt", "sob", "ndz", "ma", "ti", "ke", "to", "pe", "la", "su", "пн", "вт", "ср", "чт",
        "пт", "сб", "вс", "нд", "lun", "mar", "mié", "jue", "vie", "sáb", "dom", "mer", "jeu", "ven", "sam", "dim",
        "gio",
        "sab", "seg", "ter", "qua", "qui", "sex", "pzt", "sal", "çar", "per", "cum", "cmt", "paz", "lør", "søn", "man",
        "tir", "ons", "tor", "fre", "lör", "sön", "mån", "tis", "po", "út", "st", "čt", "pá", "so", "ne",
    ]
}
