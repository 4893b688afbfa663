/// Where answers go.
///
/// Safe to call from any thread; never blocks. After the connection has closed, calls do nothing.
public protocol Outlet: Sendable {
    /// Appends bytes to the connection's output.
    ///
    /// They stay there until ``flush()`` is called.
    ///
    /// - Parameters:
    ///   - bytes: Whole lines.
    ///   - answered: How many received lines these bytes complete; 0 for events.
    func send(_ bytes: [UInt8], answered: Int)

    /// Lets what was sent leave, perhaps on this thread.
    ///
    /// To be called with no lock held: it wakes others, who may take the processor from this thread.
    func flush()

    /// Sends what is queued, then closes.
    func close()
}
