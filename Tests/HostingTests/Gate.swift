import Dispatch

/// Holds whoever passes until it is opened.
final class Gate: Sendable {
    private let group = DispatchGroup()

    init() {
        group.enter()
    }

    func open() {
        group.leave()
    }

    func pass() {
        group.wait()
    }
}
