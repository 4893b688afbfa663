public import StrictJSON

/// A line that comes before an answer's terminator.
public enum Part: Sendable, Equatable {
    /// One row, an object.
    case row(JSONFragment)
    /// How far a long request is, an object such as `{"done":500,"total":9000}`.
    case progress(JSONFragment)

    /// Appends the part as one line with its LF; in JSON it is a notification that carries the request's id.
    public func write(in framing: Framing, to bytes: inout [UInt8]) {
        switch framing {
        case .word:
            bytes.append(mark)
            bytes.append(ASCII.space)
            bytes.append(line: object)
        case .json(let id): bytes.append(line: notification(for: id))
        }
    }

    private var mark: UInt8 {
        switch self {
        case .row: ASCII.star
        case .progress: ASCII.percent
        }
    }

    private var object: JSONFragment {
        switch self {
        case .row(let object), .progress(let object): object
        }
    }

    private var name: String {
        switch self {
        case .row: "row"
        case .progress: "progress"
        }
    }

    private func notification(for id: JSON) -> JSONFragment {
        JSONWriter.object { notification in
            notification.member("jsonrpc", "2.0")
            notification.member("method", name)
            notification.name("params")
            notification.beginObject()
            notification.member("id", id)
            notification.member(name, object)
            notification.endObject()
        }
    }
}
