import ControlServer
import Glibc
import TestSupport
import XCTest

final class ConnectionLimitTests: XCTestCase {
    private let refusal = "ERR 429 busy {\"message\":\"too many connections\"}"

    /// What a fresh client hears to a line.
    private func answer(_ client: RawClient) -> String? {
        client.write("ping\n")
        return client.readLine()
    }

    func testAStormOfConnectsIsServedOrRefusedClearly() throws {
        var files = rlimit()
        XCTAssertEqual(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files), 0)
        let former = files
        files.rlim_cur = min(files.rlim_max, 8192)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        defer {
            var former = former
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former)
        }
        // Where the system grants few descriptors the storm is smaller.
        let places = min(1024, (Int(files.rlim_cur) - 200) / 3)
        let storm = places * 2 - 48
        let running = try RunningServer(limits: ServerLimits(connections: places, connectionsPerUser: storm))

        let clients = try (0..<storm).map { _ in try running.client() }
        let answers = clients.map(answer)

        XCTAssertEqual(answers.filter { $0 == "ping" }.count, places - 16)
        XCTAssertEqual(answers.filter { $0 == refusal }.count, storm - places + 16)
        XCTAssertEqual(running.server.statistics.refused, storm - places + 16)
        XCTAssertTrue(clients[0].roundTrip())
        XCTAssertTrue(try running.stop())
    }

    func testAUserHasALimitedNumberOfConnections() throws {
        let running = try RunningServer(limits: ServerLimits(connectionsPerUser: 2))
        let first = try running.client()
        let second = try running.client()
        let third = try running.client()

        XCTAssertEqual([first, second, third].map(answer), ["ping", "ping", refusal])
        XCTAssertNil(third.readLine())
        XCTAssertTrue(try running.stop())
    }

    func testAPlaceIsFreeAgainOnceAConnectionHasClosed() throws {
        let running = try RunningServer(limits: ServerLimits(connectionsPerUser: 1))
        let first = try running.client()

        XCTAssertEqual(answer(first), "ping")
        first.write("bye\n")
        XCTAssertEqual(first.readLines(2), ["bye"])

        XCTAssertEqual(answer(try running.client()), "ping")
        XCTAssertTrue(try running.stop())
    }

    func testAnOperatorIsNotBoundByTheLimitOfAUser() throws {
        let running = try RunningServer(limits: ServerLimits(connectionsPerUser: 2), operators: [getuid()])
        let clients = try (0..<5).map { _ in try running.client() }

        XCTAssertEqual(clients.map(answer), Array(repeating: "ping", count: 5))
        XCTAssertTrue(try running.stop())
    }

    func testTheLastPlacesAreForOperators() throws {
        let limits = ServerLimits(connections: 5, reservedForOperator: 2)
        let forOthers = try RunningServer(limits: limits)
        let forOperators = try RunningServer(limits: limits, operators: [getuid()])

        let others = try (0..<6).map { _ in try forOthers.client() }
        let operators = try (0..<6).map { _ in try forOperators.client() }

        XCTAssertEqual(others.map(answer), ["ping", "ping", "ping", refusal, refusal, refusal])
        XCTAssertEqual(operators.map(answer), ["ping", "ping", "ping", "ping", "ping", refusal])
        XCTAssertTrue(try forOthers.stop())
        XCTAssertTrue(try forOperators.stop())
    }

    func testRunningOutOfDescriptorsTurnsClientsAwayAndTheServerLives() throws {
        let running = try RunningServer()
        let first = try running.client()
        XCTAssertTrue(first.roundTrip())
        let waiting = try (0..<3).map { _ in try RawClient(running.path, connecting: false) }
        var former = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former)
        let lowestFree = dup(first.descriptor)
        close(lowestFree)
        var none = rlimit(rlim_cur: rlim_t(lowestFree), rlim_max: former.rlim_max)

        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
        for client in waiting { try client.connect(running.path) }
        let answers = waiting.map { $0.readLine() }
        let isAlive = first.roundTrip()
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former)

        XCTAssertEqual(answers, [refusal, refusal, refusal])
        XCTAssertTrue(isAlive)
        XCTAssertEqual(answer(try running.client()), "ping")
        XCTAssertTrue(try running.stop())
    }
}
