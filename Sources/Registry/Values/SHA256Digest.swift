import Hashing

/// A SHA-256 hash taken piece by piece.
///
/// Texts and numbers are preceded by their length, so that `ab`, `c` and `a`, `bc` have different hashes; raw bytes are
/// not.
public struct SHA256Digest: Sendable {
    private var stream = SHA256Stream()

    /// Starts with no bytes.
    public init() {}

    /// Appends raw bytes, as they are.
    public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        stream.update(bytes)
    }

    /// Appends the UTF-8 length of a text as eight bytes, then its UTF-8.
    public mutating func update(_ text: String) {
        var copy = text
        copy.withUTF8 { utf8 in
            stream.update(UInt64(utf8.count))
            stream.update(utf8)
        }
    }

    /// Appends the length 8 as eight bytes, then the number as eight bytes, high byte first.
    public mutating func update(_ number: Int64) {
        stream.update(UInt64(8))
        stream.update(UInt64(bitPattern: number))
    }

    /// The 32 bytes of the hash of everything so far; more may follow.
    public func finish() -> [UInt8] { stream.finish() }
}
