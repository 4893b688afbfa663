/// Memory for the texts that a statement binds, so that SQLite need not allocate a copy of each.
///
/// SQLite reads them while the statement runs; they stay until the next values are bound.
final class BoundText {
    /// Longer texts are left to SQLite, so that no statement keeps much.
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

    /// Keeps a text, for which there must be room.
    ///
    /// - Returns: Where it stands.
    func keep(_ utf8: UnsafeBufferPointer<UInt8>) -> UnsafePointer<CChar> {
        precondition(used + utf8.count <= capacity, "room was made for the texts")
        let start = memory + used
        start.withMemoryRebound(to: UInt8.self, capacity: utf8.count) { target in
            if let source = utf8.baseAddress { target.update(from: source, count: utf8.count) }
        }
        used += utf8.count
        return UnsafePointer(start)
    }
}
