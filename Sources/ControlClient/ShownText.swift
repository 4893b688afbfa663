/// Bytes to show, and where.
public struct ShownText: Sendable, Equatable {
    /// Where text goes.
    public enum Stream: Sendable {
        /// Standard output.
        case output
        /// Standard error.
        case errors
    }

    /// Where the bytes go.
    public let stream: Stream
    /// What goes there; UTF-8 unless it is a piece of a file.
    public internal(set) var bytes: [UInt8]
}
