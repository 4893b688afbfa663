internal import Synchronization

/// What is known of the shapes of tables that many files have alike, so that not every connection has to ask for them.
public final class CapturedShapes: Sendable {
    private let isShared: @Sendable (String) -> Bool
    private let tables = Mutex<[String: CapturedTable]>([:])

    /// - Parameter isShared: Whether a table of this name is the same in all the files, and stays so; none when left out.
    public init(isShared: @escaping @Sendable (String) -> Bool = { _ in false }) {
        self.isShared = isShared
    }

    func table(_ name: UnsafePointer<CChar>, on connection: OpaquePointer) -> CapturedTable? {
        let key = String(cString: name)
        guard isShared(key) else { return CapturedTable(name, on: connection) }
        if let known = tables.withLock({ $0[key] }) { return known }
        let table = CapturedTable(name, on: connection)
        tables.withLock { $0[key] = table }
        return table
    }
}
