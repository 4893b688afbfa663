internal import StrictJSON

/// How words of a file look in one charset.
public struct CharsetReading: Sendable, Equatable {
    public let charset: Charset
    public let words: [String]

    /// As a refusal shows it.
    var json: JSON {
        .object([
            JSON.Member(name: "charset", value: .string(charset.rawValue)),
            JSON.Member(name: "words", value: .array(words.map { .string($0) })),
        ])
    }
}
