/// How words of a file look in one charset.
public struct CharsetReading: Sendable, Equatable {
    public let charset: Charset
    public let words: [String]
}
