public import StrictJSON

/// One event, as a connection that watches its topic is told.
public struct Event: Sendable, Equatable {
    /// Its number in the tenant's timeline, counted from 1.
    public var seq: Int64
    /// Its kind, such as `order.registered`.
    public var topic: String
    /// What happened, an object.
    public var body: JSONFragment

    /// Puts an event together.
    public init(seq: Int64, topic: String, body: JSONFragment) {
        self.seq = seq
        self.topic = topic
        self.body = body
    }

    /// Appends the event as one line with its LF.
    ///
    /// - Parameters:
    ///   - framing: That of the `event.watch` request, whose id the notification carries.
    ///   - bytes: The output.
    public func write(in framing: Framing, to bytes: inout [UInt8]) {
        switch framing {
        case .word:
            bytes.append(ASCII.exclamation)
            bytes.append(ASCII.space)
            bytes.append(contentsOf: String(seq).utf8)
            bytes.append(ASCII.space)
            bytes.append(word: topic)
            bytes.append(ASCII.space)
            bytes.append(line: body)
        case .json(let id):
            bytes.append(line: notification(for: id))
        }
    }

    private func notification(for id: JSON) -> JSONFragment {
        JSONWriter.object { notification in
            notification.member("jsonrpc", "2.0")
            notification.member("method", "event")
            notification.name("params")
            notification.beginObject()
            notification.member("id", id)
            notification.member("seq", seq)
            notification.member("topic", topic)
            notification.member("event", body)
            notification.endObject()
        }
    }
}
