public import StrictJSON

/// The ids that requests were about, by noun: a hundred of each, then only that there were more.
public struct AuditSubjects: Sendable, Equatable {
    private var ids: [String: Set<Int64>] = [:]
    private var isMore = false

    static let limit = 100

    public init() {}

    /// Adds an id.
    public mutating func add(_ id: Int64, of noun: String) {
        guard ids[noun]?.contains(id) != true else { return }
        if ids[noun, default: []].count < Self.limit { ids[noun, default: []].insert(id) } else { isMore = true }
    }

    /// Adds those of other requests.
    public mutating func add(_ others: AuditSubjects) {
        if others.isMore { isMore = true }
        for (noun, ids) in others.ids { for id in ids.sorted() { add(id, of: noun) } }
    }

    init(stored json: JSON) {
        for member in json.objectValue ?? [] {
            if member.name == "more" { isMore = true }
            for id in member.value.arrayValue ?? [] { id.integerValue.map { add($0, of: member.name) } }
        }
    }

    /// What is kept and shown.
    public var members: [JSON.Member] {
        ids.sorted { $0.key < $1.key }.map { noun, ids in
            JSON.Member(name: noun, value: .array(ids.sorted().map { .integer($0) }))
        } + (isMore ? [JSON.Member(name: "more", value: .bool(true))] : [])
    }
}
