public import StrictJSON

/// A complete answer to one request.
public struct ClientReply: Sendable, Equatable {
    /// The rows, in their order.
    public var rows: [JSON]
    /// The progress lines, in their order.
    public var progress: [JSON]
    /// The terminator's object, or the result of a JSON-RPC response; nil when the request failed.
    public var ok: JSON?
    /// Why the request failed; nil when it did not.
    public var error: ClientFailure?

    /// Puts an answer together.
    public init(rows: [JSON] = [], progress: [JSON] = [], ok: JSON? = nil, error: ClientFailure? = nil) {
        self.rows = rows
        self.progress = progress
        self.ok = ok
        self.error = error
    }

    /// Takes up the next line.
    ///
    /// - Returns: The event, when it is one: it belongs to no answer.
    mutating func take(_ line: AnswerLine) -> ClientEvent? {
        switch line {
        case .row(let row): rows.append(row)
        case .progress(let step): progress.append(step)
        case .event(let event): return event
        case .ok(let object): ok = object
        case .failed(let failure): error = failure
        case .response(let response):
            if let failure = response["error"] {
                error = ClientFailure(rpcError: failure)
            } else {
                ok = response["result"] ?? .null
            }
        case .notification(let notification): return take(notification: notification)
        }
        return nil
    }

    private mutating func take(notification: JSON) -> ClientEvent? {
        guard let parameters = notification["params"] else { return nil }
        switch notification["method"]?.stringValue {
        case "row": rows.append(parameters["row"] ?? .null)
        case "progress": progress.append(parameters["progress"] ?? parameters)
        case "event":
            guard let seq = parameters["seq"]?.integerValue, let topic = parameters["topic"]?.stringValue else {
                return nil
            }
            return ClientEvent(seq: seq, topic: topic, body: parameters["event"] ?? .object([]))
        default: break
        }
        return nil
    }
}
