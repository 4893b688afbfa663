/// The keyed hash HMAC-SHA-256: only who has the key can compute it. <https://www.rfc-editor.org/rfc/rfc2104>
public struct HMAC: Sendable {
    private let inner: SHA256Digest
    private let outer: SHA256Digest

    /// Takes a key of any length; 32 random bytes are right.
    public init(key: [UInt8]) {
        let short = key.count > 64 ? SHA256.hash(key) : key
        let block = short + [UInt8](repeating: 0, count: 64 - short.count)
        inner = Self.digest(of: block.map { $0 ^ 0x36 })
        outer = Self.digest(of: block.map { $0 ^ 0x5c })
    }

    /// The 32 bytes of the hash.
    public func hash(_ message: [UInt8]) -> [UInt8] {
        var inner = inner
        message.withUnsafeBufferPointer { inner.update($0) }
        var outer = outer
        inner.finish().withUnsafeBufferPointer { outer.update($0) }
        return outer.finish()
    }

    private static func digest(of block: [UInt8]) -> SHA256Digest {
        var digest = SHA256Digest()
        block.withUnsafeBufferPointer { digest.update($0) }
        return digest
    }
}

extension [UInt8] {
    /// Compares in a time that does not depend on where the difference is.
    public func isEqualInConstantTime(to other: [UInt8]) -> Bool {
        count == other.count && zip(self, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
