/// Memory for the texts and blobs that a statement binds, so that SQLite need not allocate a copy of each.
///
/// SQLite reads them while the statement runs; they stay until the next values are bound.
final class BoundBytes {
    /// Longer ones are left to SQLite, so that no statement keeps much.
    static let limit = 512

    private var memory: UnsafeMutablePointer<CChar>
    private var capacity = 64
    private var used = 0

    init() {
        memory = .allocate(capacity: capacity)
    }

    deinit {
        memory.deallocate()
    }

    /// Forgets what was kept, and makes room for so many bytes.
    func start(room: Int) {
        used = 0
        guard room > capacity else { return }
        memory.deallocate()
        capacity = room * 2
        memory = .allocate(capacity: capacity)
    }

    /// Keeps bytes, for which there must be room.
    ///
    /// - Returns: Where it stands.
    func keep(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafePointer<CChar> {
        precondition(used + bytes.count <= capacity, "room was made for them")
        let start = memory + used
        start.withMemoryRebound(to: UInt8.self, capacity: bytes.count) { target in
            if let source = bytes.baseAddress { target.update(from: source, count: bytes.count) }
        }
        used += bytes.count
        return UnsafePointer(start)
    }
}
