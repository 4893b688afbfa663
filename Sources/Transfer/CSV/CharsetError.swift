public import Registry
public import StrictJSON

/// Why the characters of a file cannot be told.
public enum CharsetError: Refusal, Equatable {
    /// The bytes are not what the charset allows.
    case malformed(Charset)
    /// The system cannot read the charset.
    case unsupported(Charset)
    /// Several charsets are possible; somebody has to say which.
    case doubtful([CharsetReading])

    public var kind: RefusalKind { .rejected }

    public var slug: String {
        switch self {
        case .malformed: "bad-charset"
        case .unsupported: "unsupported-charset"
        case .doubtful: "doubtful-charset"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .malformed, .unsupported: []
        case .doubtful(let readings): [JSON.Member(name: "candidates", value: .array(readings.map(\.json)))]
        }
    }

    public var description: String {
        switch self {
        case .malformed(let charset): "the file is not written in \(charset.rawValue)"
        case .unsupported(let charset): "this system does not know \(charset.rawValue)"
        case .doubtful: "the file is not UTF-8, and its charset cannot be told; say which: charset="
        }
    }
}
