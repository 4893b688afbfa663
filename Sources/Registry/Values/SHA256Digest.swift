/// A SHA-256 hash taken piece by piece.
///
/// Texts and numbers are preceded by their length, so that `ab`, `c` and `a`, `bc` have different hashes; raw bytes are
/// not.
public struct SHA256Digest: Sendable {
    private var state = SHA256State()
    private var pending: [UInt8] = []
    private var count: UInt64 = 0

    /// Starts with no bytes.
    public init() {}

    /// Appends raw bytes, as they are.
    public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        count += UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = rest.prefix(64 - pending.count)
            pending.append(contentsOf: missing)
            rest = rest.dropFirst(missing.count)
            if pending.count < 64 { return }
            pending.withUnsafeBufferPointer { state.absorb($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count & ~63
        state.absorb(UnsafeBufferPointer(rebasing: rest.prefix(whole)))
        if whole < rest.count {
            pending.reserveCapacity(64)
            pending.append(contentsOf: rest.dropFirst(whole))
        }
    }

    /// Appends the UTF-8 length of a text as eight bytes, then its UTF-8.
    public mutating func update(_ text: String) {
        var copy = text
        copy.withUTF8 { utf8 in
            append(UInt64(utf8.count))
            update(utf8)
        }
    }

    /// Appends the length 8 as eight bytes, then the number as eight bytes, high byte first.
    public mutating func update(_ number: Int64) {
        append(8)
        append(UInt64(bitPattern: number))
    }

    /// The 32 bytes of the hash of everything so far; more may follow.
    public func finish() -> [UInt8] {
        var last = self
        let bits = count &* 8
        var padding = [UInt8](repeating: 0, count: (pending.count < 56 ? 56 : 120) - pending.count)
        padding[0] = 0x80
        padding.withUnsafeBufferPointer { last.update($0) }
        last.append(bits)
        return last.state.bytes
    }

    private mutating func append(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { raw in
            raw.withMemoryRebound(to: UInt8.self) { update($0) }
        }
    }
}
