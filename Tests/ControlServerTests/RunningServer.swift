import ControlServer
import Dispatch
import Foundation
import TestSupport
import Wire

/// A server on a socket in a temporary folder, with a thread that runs it.
struct RunningServer<Factory: ConversationFactory>: Sendable {
    let factory: Factory
    let path: String
    let server: ControlServer
    private let directory: TemporaryDirectory
    private let runs = DispatchGroup()

    init(
        factory: Factory = TestFactory(), limits: ServerLimits = ServerLimits(connectionsPerUser: 10_000),
        operators: Set<UInt32> = [], wakefulness: Wakefulness? = nil
    ) throws {
        directory = try TemporaryDirectory()
        path = "\(directory.path)/run/test.sock"
        self.factory = factory
        server = try ControlServer(
            listening: .bind(path: path), factory: factory, limits: limits, operators: operators,
            wakefulness: wakefulness)
        runs.enter()
        Thread.detachNewThread { [server, runs] in
            server.run()
            runs.leave()
        }
    }

    func client() throws -> RawClient { try RawClient(path) }

    /// Waits for the server to end, as something else has made it do; false when it does not within 20 s.
    func hasEnded() -> Bool {
        runs.wait(timeout: .now() + 20) == .success
    }

    /// Drains, waits for the end and removes the folder.
    @discardableResult
    func stop(grace: Duration = .zero) throws -> Bool {
        server.drain(grace: grace)
        let isOver = hasEnded()
        try directory.remove()
        return isOver
    }
}
