public import StrictJSON

/// One event of a tenant's timeline, as a watching connection is told.
public struct ClientEvent: Sendable, Equatable {
    /// Its number in the tenant's timeline, counted from 1.
    public var seq: Int64
    /// Its kind, such as `order.registered`.
    public var topic: String
    /// What happened, an object.
    public var body: JSON

    /// Puts an event together.
    public init(seq: Int64, topic: String, body: JSON) {
        self.seq = seq
        self.topic = topic
        self.body = body
    }

    /// One object with `seq` and `topic` before everything else.
    var object: JSON {
        let head = [
            JSON.Member(name: "seq", value: .number(String(seq))),
            JSON.Member(name: "topic", value: .string(topic)),
        ]
        let rest = (body.objectValue ?? []).filter { $0.name != "seq" && $0.name != "topic" }
        return .object(head + rest)
    }
}
