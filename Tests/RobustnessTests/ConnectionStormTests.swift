import ControlClient
import Foundation
import TestSupport
import XCTest

final class ConnectionStormTests: XCTestCase {
    private static let refusal = "ERR 429 busy {\"message\":\"too many connections\"}"

    func testTwoThousandConnectionsAreServedOrRefused() throws {
        Self.raiseDescriptorLimit()
        try withShop { daemon in
            let early = try daemon.connect(to: "acme")
            XCTAssertNil(try early.ask("whoami").error)

            var clients: [RawClient] = []
            for _ in 0..<2_000 { clients.append(try RawClient(daemon.socket)) }
            for client in clients { client.write("whoami\n") }
            let answers = clients.map { $0.readLine() }

            XCTAssertEqual(answers.count { $0?.hasPrefix("OK {\"role\":\"operator\"") == true }, 1_023)
            XCTAssertEqual(answers.count { $0 == Self.refusal }, 977)
            XCTAssertNil(try early.ask("customer.create name=Ann").error)
            clients = []
            XCTAssertTrue(try isServedAgain(daemon))
        }
    }

    func testAStrangerHasSixtyFourConnectionsAndTheOperatorStillGetsIn() throws {
        // Only root can come as somebody else.
        guard geteuid() == 0 else { return }
        try withShop { daemon in
            XCTAssertEqual(chmod(daemon.directory, 0o711), 0)

            let clients = try Nobody.act { try (0..<65).map { _ in try RawClient(daemon.socket) } }
            for client in clients { client.write("hello\n") }
            let answers = clients.map { $0.readLine() }

            XCTAssertEqual(answers.count { $0?.hasPrefix("OK ") == true }, 64)
            XCTAssertEqual(answers.last, Self.refusal)
            XCTAssertNil(try daemon.connect().ask("stats").error)
        }
    }

    /// Whether a new client gets in once the others have gone; the daemon may need some turns to see that.
    private func isServedAgain(_ daemon: RunningDaemon) throws -> Bool {
        for _ in 0..<1_000 {
            let client = try RawClient(daemon.socket)
            client.write("hello\n")
            if client.readLine()?.hasPrefix("OK ") == true { return true }
        }
        return false
    }

    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
