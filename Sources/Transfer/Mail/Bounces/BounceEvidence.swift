/// What the reason given for a failure says about the address.
struct BounceEvidence {
    /// The most specific status code; nil when there is none.
    let status: String?
    /// Whether the address itself is no good.
    let isHard: Bool

    /// - Parameters:
    ///   - status: The status code of the report.
    ///   - diagnostic: What the other mail system answered.
    ///   - note: What else the report says.
    init(status: String?, diagnostic: String, note: String = "") {
        // The answer of the last system in the chain is the reason; the report's own code sums up.
        let found = BounceEvidence.statuses(in: diagnostic).last ?? BounceEvidence.statuses(in: note).last ?? status
        self.status = found
        let says = BounceEvidence.isHard(diagnostic) ?? BounceEvidence.isHard(note)
        let isPermanent = found?.hasPrefix("5") ?? true
        isHard = isPermanent && (says ?? found.map { BounceEvidence.hardStatuses.contains($0) } ?? false)
    }

    /// Whether a text says that the address is no good; nil when it says nothing about it.
    private static func isHard(_ text: String) -> Bool? {
        let plain = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if BouncePhrases.soft.contains(where: { plain.contains($0) }) { return false }
        return BouncePhrases.hard.contains { plain.contains($0) } ? true : nil
    }

    /// Whether a text has one of the phrases in which mail systems refuse a mail.
    static func hasPhrase(_ text: String) -> Bool {
        let lower = text.lowercased()
        return BouncePhrases.hard.contains { lower.contains($0) } || BouncePhrases.soft.contains { lower.contains($0) }
    }

    /// The status codes in a text, in their order. <https://www.rfc-editor.org/rfc/rfc3463#section-2>
    static func statuses(in text: String) -> [String] {
        text.split { !($0.isASCII && $0.isNumber) && $0 != "." }.compactMap { word in
            let parts = word.split(separator: ".", omittingEmptySubsequences: false).filter { !$0.isEmpty }
            let isOne =
                parts.count == 3 && ["2", "4", "5"].contains(parts[0]) && parts[1].count <= 3 && parts[2].count <= 3
            return isOne ? parts.joined(separator: ".") : nil
        }
    }

    /// Bad addresses, domains without mail, people who moved. <https://www.rfc-editor.org/rfc/rfc3463#section-3.2>
    private static let hardStatuses: Set<String> = [
        "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.1", "5.4.4", "5.7.27",
    ]
}
