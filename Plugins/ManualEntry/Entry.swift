import ChannelKit

/// What the details of an entry say.
struct Entry {
    let source: Source
    let occurredAt: Instant?
    private let staff: String?
    private let heardBy: String?

    /// - Throws: ``ChannelRefusal``, with slug `in-the-future` for what is said to occur later.
    init(_ details: Details, _ occasion: Occasion) throws {
        try details.require("source")
        let word = try details.word("source", among: Source.allCases.map(\.rawValue))
        guard let source = word.flatMap(Source.init) else { throw ChannelRefusal.incomplete(["source"]) }
        self.source = source
        occurredAt = try details.instant("occurred_at", zone: occasion.shop.timeZone)
        if let occurredAt, occurredAt > occasion.at {
            throw ChannelRefusal("in-the-future", "occurred_at is later than now")
        }
        staff = try details.text("staff").flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        _ = try details.text("note")
        let consent = try details.object("verbal_consent")
        try consent?.require("heard_by")
        heardBy = try consent?.text("heard_by")
    }

    /// Refuses who heard a consent in a place where nobody looks for it; what was stored before stays.
    ///
    /// - Throws: ``ChannelRefusal``.
    static func checkWitness(_ details: Details, before: Details? = nil) throws {
        for member in details.json.objectValue ?? [] where member.name != "verbal_consent" {
            let isWitness = member.name == "heard_by" && member.value != .null
            let isInside = (member.value["heard_by"] ?? .null) != .null
            guard isWitness || isInside, before?.json[member.name] != member.value else { continue }
            throw ChannelRefusal.badDetail(
                isWitness ? member.name : "\(member.name).heard_by",
                "who heard a consent is told as verbal_consent.heard_by")
        }
    }

    /// What the details do not tell: who entered the order and, for a consent given by word of mouth, who heard it.
    ///
    /// - Parameters:
    ///   - hasConsent: Whether the order says that something was agreed to.
    ///   - name: Who entered the order, unless the details tell.
    /// - Returns: Members to add to the details.
    func additions(hasConsent: Bool, enteredBy name: String) -> [JSON.Member] {
        let enteredBy = staff ?? name
        var members: [JSON.Member] = []
        if staff == nil { members.append(JSON.Member(name: "staff", value: .string(enteredBy))) }
        if hasConsent, heardBy == nil, let heard = witness(enteredBy: name) {
            let heardBy = JSON.Member(name: "heard_by", value: .string(heard))
            members.append(JSON.Member(name: "verbal_consent", value: .object([heardBy])))
        }
        return members
    }

    /// Who heard a consent that was given by word of mouth; nil for one that was written.
    func witness(enteredBy name: String) -> String? {
        heardBy ?? (source.isSpoken ? staff ?? name : nil)
    }
}
