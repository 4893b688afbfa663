internal import StrictJSON

/// A step of a case: something asked of the host, or done to it.
struct Step: Sendable {
    enum Action: Sendable {
        /// A verb, or `$name` of one, and objects that are put together to its parameters.
        case ask(verb: String, parameters: [JSON])
        /// No file of the tenant may hold these texts.
        case searchFiles(JSON)
        /// The channel's process is ended without warning.
        case killChild
    }

    /// What must come back.
    enum Expectation: Sendable {
        /// Success, with at least these members.
        case ok(JSON)
        /// A refusal with one of these codes and slugs.
        case refused([String])
        /// Success or a refusal that is the caller's fault (4xx); never a failure of the host or the channel.
        case clean
    }

    let action: Action
    let expectation: Expectation
    /// In the second tenant.
    let isElsewhere: Bool
    /// Names for members of the answer, by which later steps know them.
    let kept: [(name: String, path: String)]
    /// Texts the answer must hold, and must not hold; the names of lists of them or lists.
    let holds: JSON?
    let lacks: JSON?
    /// Asked again while it is not answered as expected, for at most this many seconds.
    let patience: Int

    /// Over how many connections it is asked at the same time.
    let callers: Int
    /// Members that exactly one of the answers to those has.
    let once: JSON?

    private static let members = [
        "ask", "params", "search_files", "kill_child", "expect", "refused", "clean", "elsewhere", "keep", "holds",
        "lacks", "within_seconds", "at_once", "once",
    ]

    init(_ json: JSON) throws {
        for member in json.objectValue ?? [] where !Self.members.contains(member.name) {
            throw KitError.badSamples("a step has no \(member.name): \(Self.members.joined(separator: ", "))")
        }
        if let verb = json["ask"]?.stringValue {
            let given = json["params"] ?? .array([])
            action = .ask(verb: verb, parameters: given.arrayValue ?? [given])
        } else if let texts = json["search_files"] {
            action = .searchFiles(texts)
        } else if json["kill_child"]?.boolValue == true {
            action = .killChild
        } else {
            throw KitError.badSamples("a step asks for something: {\"ask\":\"order.register\",\"params\":[…]}")
        }
        if let refused = json["refused"] {
            expectation = .refused((refused.arrayValue ?? [refused]).compactMap(\.stringValue))
        } else if json["clean"]?.boolValue == true {
            expectation = .clean
        } else {
            expectation = .ok(json["expect"] ?? .object([]))
        }
        isElsewhere = json["elsewhere"]?.boolValue ?? false
        kept = (json["keep"]?.objectValue ?? []).map { ($0.name, $0.value.stringValue ?? "") }
        holds = json["holds"]
        lacks = json["lacks"]
        callers = max(1, Int(clamping: json["at_once"]?.integerValue ?? 1))
        once = json["once"]
        patience = Int(clamping: json["within_seconds"]?.integerValue ?? 0)
    }
}
