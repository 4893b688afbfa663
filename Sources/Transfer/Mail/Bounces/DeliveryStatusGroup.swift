/// The fields of a delivery report about one recipient, or about the mail. <https://www.rfc-editor.org/rfc/rfc3464#section-2>
struct DeliveryStatusGroup {
    /// The fields by their names in lower case; the first of equal names counts.
    private let fields: [String: String]

    /// The groups of a report, which empty lines part; at most 1000.
    static func all(in text: String) -> [DeliveryStatusGroup] {
        var groups: [[String: String]] = [[:]]
        var name: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.allSatisfy(\.isWhitespace) {
                if groups.last?.isEmpty == false, groups.count < 1000 { groups.append([:]) }
                name = nil
            } else if let first = line.first, first.isWhitespace, let open = name {
                groups[groups.count - 1][open, default: ""] += " " + line.drop(while: \.isWhitespace)
            } else if let colon = line.firstIndex(of: ":") {
                let found = line[..<colon].lowercased().filter { !$0.isWhitespace }
                name = groups[groups.count - 1][found] == nil ? found : nil
                let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
                if name != nil { groups[groups.count - 1][found] = String(value) }
            }
        }
        return groups.filter { !$0.isEmpty }.map { DeliveryStatusGroup(fields: $0) }
    }

    /// Whether it is about a recipient.
    var isOfRecipient: Bool { fields["final-recipient"] != nil || fields["original-recipient"] != nil }

    /// Whether the mail was not delivered, or not yet.
    var isFailure: Bool {
        let action = (fields["action"] ?? "failed").lowercased()
        let wasDelivered = ["delivered", "relayed", "expanded", "deliverable"].contains { action.hasPrefix($0) }
        return !wasDelivered && fields["status"]?.hasPrefix("2") != true
    }

    /// The address in a field such as `rfc822; ann@example.org`; nil when there is none.
    func address(of name: String) -> String? {
        guard let value = fields[name] else { return nil }
        let text = value.split(separator: ";", maxSplits: 1).last ?? ""
        let address = text.split { $0.isWhitespace || $0 == "<" || $0 == ">" }.first { $0.contains("@") }
        return address.map(String.init)
    }

    /// What became of the mail for this recipient.
    ///
    /// - Parameter report: What the report says to people; it counts where the fields do not say enough.
    /// - Returns: Its address, code and weight.
    func recipient(besides report: String) -> BouncedRecipient {
        let status = fields["status"].flatMap { BounceEvidence.statuses(in: $0).first }
        let diagnostic = fields["diagnostic-code"] ?? ""
        let isVague =
            BounceEvidence.statuses(in: diagnostic).isEmpty && (status == nil || status?.hasSuffix(".0.0") == true)
        let evidence = BounceEvidence(status: status, diagnostic: diagnostic, note: isVague ? report : "")
        return BouncedRecipient(
            address: address(of: "original-recipient") ?? address(of: "final-recipient") ?? "",
            status: evidence.status, isHard: evidence.isHard)
    }
}
