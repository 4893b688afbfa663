/// Bytes that wait: appended at the end, taken from the front; costs next to nothing while empty.
package struct ByteQueue {
    /// Bytes of storage that an empty queue may keep for the next use.
    private static let keptCapacity = 1024

    private var bytes: [UInt8] = []
    private var start = 0

    package init() {}

    package var count: Int { bytes.count - start }
    package var isEmpty: Bool { count == 0 }
    /// Bytes of storage held now.
    var capacity: Int { bytes.capacity }

    package mutating func append(_ more: [UInt8]) {
        if bytes.isEmpty, more.count > Self.keptCapacity {
            bytes = more
        } else {
            compact()
            bytes += more
        }
    }

    package mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
        compact()
        bytes += more
    }

    /// Drops bytes from the front; at most ``count``.
    package mutating func drop(_ length: Int) {
        start += length
        guard start == bytes.count else { return }
        start = 0
        if bytes.capacity > Self.keptCapacity {
            bytes = []
        } else {
            bytes.removeAll(keepingCapacity: true)
        }
    }

    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start...])) }
    }

    /// Moves the bytes to the front once half the storage is used up, so that moving costs no more than appending did.
    private mutating func compact() {
        guard start > 0, start >= bytes.count / 2 else { return }
        bytes.removeSubrange(..<start)
        start = 0
    }
}
