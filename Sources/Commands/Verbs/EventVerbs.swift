internal import ChannelKit
internal import Registry
internal import Wire

enum EventVerbs {
    static let all = [watch, unwatch, list]

    static let watchParameters: [Parameter] = [
        .optional("topics", .words, "such as order.registered, or order.* for all of a noun; all where absent"),
        .optional("from", .text, "now, oldest, or the number of the first event wanted; now where absent"),
    ]

    private static let watch = Verb(
        "event.watch", "sends every event from now on, as it becomes durable", roles: [.staff], watchParameters,
        .session(.watch))

    private static let unwatch = Verb(
        "event.unwatch", "ends the watch of this connection", roles: [.staff, .channel, .portal, .reader, .none],
        .session(.unwatch))

    private static let list = Verb(
        "event.list", "lists events, oldest first", roles: [.staff],
        watchParameters + [
            .limit, .after,
        ],
        .read { invocation in
            let filter = TopicFilter(invocation.arguments)
            let limit = try invocation.arguments.limit()
            let start = try EventStart(invocation.arguments, standard: .oldest)
            let after =
                try Cursor.values(invocation.arguments, count: 1) == nil
                ? nil : Cursor.number(invocation.arguments, start: 0)
            return { transaction in
                let reader = TimelineReader(transaction)
                let last = try reader.lastSeq()
                var position = after ?? start.seqBefore(last: last)
                var found: [TimelineEntry] = []
                var examined = 0
                while found.count < limit, position < last, examined < 20_000 {
                    let entries = try reader.entries(after: position, limit: limit)
                    guard let end = entries.last?.seq else { break }
                    examined += entries.count
                    for entry in entries where filter.accepts(entry.topic) {
                        found.append(entry)
                        if found.count == limit { break }
                    }
                    position = found.count == limit ? found[limit - 1].seq : end
                }
                return .page(
                    found, row: { .entry($0) }, next: { Cursor.text($0.seq) },
                    end: position < last ? Cursor.text(position) : nil)
            }
        })
}

/// Which topics a watcher wants.
struct TopicFilter: Sendable {
    private let exact: Set<String>
    private let prefixes: [String]

    init(_ arguments: Arguments) {
        let topics = arguments.words("topics")
        prefixes = topics.filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
        exact = Set(topics.filter { !$0.hasSuffix("*") })
    }

    func accepts(_ topic: String) -> Bool {
        exact.isEmpty && prefixes.isEmpty || exact.contains(topic) || prefixes.contains { topic.hasPrefix($0) }
    }
}

/// The event a watcher wants first.
enum EventStart: Sendable {
    case now
    case oldest
    case seq(Int64)

    init(_ arguments: Arguments, standard: EventStart) throws(CommandError) {
        switch arguments.text("from") {
        case nil: self = standard
        case "now": self = .now
        case "oldest": self = .oldest
        case let text?:
            guard let seq = Int64(text), seq > 0 else {
                throw .badValue("from", "now, oldest or the number of an event is needed")
            }
            self = .seq(seq)
        }
    }

    /// The number of the event before the first that is wanted.
    func seqBefore(last: Int64) -> Int64 {
        switch self {
        case .now: last
        case .oldest: 0
        case .seq(let seq): seq - 1
        }
    }
}
