/// A SHA-256 hash of bytes that are taken piece by piece. <https://doi.org/10.6028/NIST.FIPS.180-4>
public struct SHA256Stream: Sendable {
    private var state = SHA256State()
    private var pending: [UInt8] = []
    private var count: UInt64 = 0

    /// Starts with no bytes.
    public init() {}

    /// Appends bytes, as they are.
    public mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
        count += UInt64(bytes.count)
        if pending.count + bytes.count < 64 {
            if pending.isEmpty { pending.reserveCapacity(64) }
            return pending.append(contentsOf: bytes)
        }
        var rest = bytes[...]
        if !pending.isEmpty {
            let missing = rest.prefix(64 - pending.count)
            pending.append(contentsOf: missing)
            rest = rest.dropFirst(missing.count)
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

    /// Appends a number as eight bytes, high byte first.
    public mutating func update(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { raw in
            raw.withMemoryRebound(to: UInt8.self) { update($0) }
        }
    }

    /// The 32 bytes of the hash of everything so far; more may follow.
    public func finish() -> [UInt8] {
        var end: [UInt8] = []
        end.reserveCapacity(128)
        end += pending
        end.append(0x80)
        end += repeatElement(0, count: (end.count <= 56 ? 56 : 120) - end.count)
        withUnsafeBytes(of: (count &* 8).bigEndian) { end += $0 }
        var last = state
        end.withUnsafeBufferPointer { last.absorb($0) }
        return last.bytes
    }
}
