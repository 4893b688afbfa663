/// A channel says no, with a slug of its own.
public struct ChannelRefusal: Refusal, Equatable {
    public let kind: RefusalKind
    public let slug: String
    public let description: String
    public let details: [JSON.Member]

    /// A refusal of the channel's own.
    ///
    /// - Parameters:
    ///   - slug: A stable word, such as "receipt-taken".
    ///   - description: Lowercase, one line, for people.
    ///   - details: What else the caller is told, each under a name of its own.
    public init(_ slug: String, _ description: String, details: [JSON.Member] = []) {
        self.init(.rejected, slug, description, details)
    }

    private init(_ kind: RefusalKind, _ slug: String, _ description: String, _ details: [JSON.Member] = []) {
        self.kind = kind
        self.slug = slug
        self.description = description
        self.details = details
    }

    /// The slug for a secret code that is not the right one; who is told so too often is let try no more.
    public static let wrongCode = "wrong-code"

    /// The details lack something; names are paths such as "tickets[0].type".
    public static func incomplete(_ missing: [String]) -> ChannelRefusal {
        let members = [JSON.Member(name: "missing", value: .array(missing.map { .string($0) }))]
        return ChannelRefusal(.rejected, "incomplete", "missing: \(missing.joined(separator: ", "))", members)
    }

    /// A detail holds what it may not hold.
    public static func badDetail(_ path: String, _ reason: String) -> ChannelRefusal {
        .badValue("details.\(path)", reason)
    }

    /// An argument holds what it may not hold.
    public static func badValue(_ name: String, _ reason: String) -> ChannelRefusal {
        let members = [JSON.Member(name: "argument", value: .string(name))]
        return ChannelRefusal(.badRequest, "bad-value", "\(name): \(reason)", members)
    }

    /// Somebody else was first, or nothing is left; such as "double-booked".
    public static func conflict(
        _ slug: String, _ description: String, details: [JSON.Member] = []
    ) -> ChannelRefusal {
        ChannelRefusal(.conflict, slug, description, details)
    }

    /// There is no such thing; the slug is "no-" and the channel's word for it, such as "no-service".
    public static func notFound(_ slug: String, _ description: String) -> ChannelRefusal {
        ChannelRefusal(.notFound, slug, description)
    }

    /// It was there and is over, such as a hold.
    public static func gone(_ slug: String, _ description: String) -> ChannelRefusal {
        ChannelRefusal(.gone, slug, description)
    }

    /// A refusal of a kind that a channel in a process of its own names; nil where a channel may not refuse so.
    package init?(code: Int64, slug: String?, _ description: String, details: [JSON.Member]) {
        guard let kind = RefusalKind(rawValue: Int(clamping: code)) else { return nil }
        let standard: String
        switch kind {
        case .badRequest: standard = "bad-value"
        case .notFound: standard = "not-found"
        case .conflict: standard = "conflict"
        case .gone: standard = "gone"
        case .rejected: standard = "rejected"
        case .unauthenticated, .forbidden, .unknownVerb, .deadline, .stale, .tooLarge, .locked, .busy, .pluginFailed,
            .draining, .diskFull:
            return nil
        }
        self.init(kind, slug ?? standard, description, details)
    }

    static func unknownVerb(_ name: String) -> ChannelRefusal {
        ChannelRefusal(.unknownVerb, "unknown-verb", "this channel has no verb \(name)")
    }

    static func unknownState(_ name: String, known: [String]) -> ChannelRefusal {
        let members = [JSON.Member(name: "known", value: .array(known.map { .string($0) }))]
        return ChannelRefusal(.badRequest, "bad-value", "this channel has no state \(name)", members)
    }

    static func unknownSetting(_ name: String, known: [String]) -> ChannelRefusal {
        let members = [JSON.Member(name: "known", value: .array(known.map { .string($0) }))]
        return ChannelRefusal(.badRequest, "unknown-argument", "this channel has no setting \(name)", members)
    }

    static func badSetting(_ name: String, allowed: [String]) -> ChannelRefusal {
        let members = [JSON.Member(name: "allowed", value: .array(allowed.map { .string($0) }))]
        return ChannelRefusal(.badRequest, "bad-value", "\(name) is one of \(allowed.joined(separator: ", "))", members)
    }
}
