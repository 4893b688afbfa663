/// Lets changes of one connection reach their tenant in the order of their requests, though some wait for a channel
/// that answers later.
struct Turns {
    typealias Change = @Sendable () -> Void

    /// The changes that were started and have not been handed on, in their order; nil while one is being prepared.
    private var waiting: [(id: Int, change: Change?)] = []
    /// A thread hands changes on; nobody else may, so that they go in their order.
    private var isHandingOn = false

    /// Gives a request its place.
    mutating func enter(_ id: Int) {
        waiting.append((id, nil))
    }

    /// Notes what a request does when its turn comes.
    ///
    /// - Returns: Whether the caller is the one to hand on what ``next()`` gives, until that is nil.
    mutating func take(_ id: Int, _ change: @escaping Change) -> Bool {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return false }
        waiting[index].change = change
        guard !isHandingOn else { return false }
        isHandingOn = true
        return true
    }

    /// What is to be handed on next; nil when nothing is ready, and somebody else may begin then.
    mutating func next() -> Change? {
        guard let change = waiting.first?.change else {
            isHandingOn = false
            return nil
        }
        waiting.removeFirst()
        return change
    }
}
