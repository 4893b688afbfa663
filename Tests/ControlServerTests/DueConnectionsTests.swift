import Polling
import Wire
import XCTest

@testable import ControlServer

final class DueConnectionsTests: XCTestCase {
    private let factory = TestFactory()
    private let start = ContinuousClock.now

    /// A connection that is never read from nor written to.
    private func connection(_ token: UInt64, of party: Party) throws -> Connection {
        let outlet = ConnectionOutlet(
            token: token, descriptor: -1, inbox: try Inbox(), limits: ServerLimits(), counters: ServerCounters())
        let connection = Connection(
            token: token, peer: Peer(userID: 1, processID: 1),
            conversation: TestConversation(outlet: outlet, factory: factory), outlet: outlet, counters: ServerCounters()
        )
        connection.party = party
        return connection
    }

    private func use(_ connection: Connection, milliseconds: Int) {
        connection.usage.add(.milliseconds(milliseconds), at: start)
        connection.party.usage.add(.milliseconds(milliseconds), at: start)
    }

    func testThePartyThatHasTakenLeastGoesFirstHoweverManyConnectionsAnotherHas() throws {
        let (noisy, quiet) = (Party(name: "noisy"), Party(name: "quiet"))
        let many = try (1...3).map { try connection($0, of: noisy) }
        let one = try connection(4, of: quiet)
        for connection in many { use(connection, milliseconds: 2) }
        use(one, milliseconds: 3)

        var due = DueConnections()
        for connection in many + [one] { due.add(connection) }

        XCTAssertEqual(due.take(at: start).first?.token, 4)
    }

    func testAmongThoseOfOnePartyTheOneThatHasTakenLeastGoesFirst() throws {
        let party = Party(name: "acme")
        let (first, second) = (try connection(1, of: party), try connection(2, of: party))
        use(first, milliseconds: 2)
        use(second, milliseconds: 1)

        var due = DueConnections()
        due.add(first)
        due.add(second)

        XCTAssertEqual(due.take(at: start).map(\.token), [2, 1])
    }

    func testAConnectionIsServedOnceHoweverMuchHappensInIt() throws {
        let only = try connection(1, of: Party(name: nil))
        var due = DueConnections()
        due.add(only)
        due.add(only)

        XCTAssertEqual(due.take(at: start).map(\.token), [1])
        XCTAssertTrue(due.isEmpty)
        due.add(only)
        XCTAssertEqual(due.take(at: start).map(\.token), [1])
    }

    func testWhatWasTakenLongAgoIsForgotten() throws {
        let (heavy, light) = (try connection(1, of: Party(name: "a")), try connection(2, of: Party(name: "b")))
        use(heavy, milliseconds: 100)
        let later = start + .seconds(1)
        light.party.usage.add(.milliseconds(1), at: later)

        var due = DueConnections()
        due.add(light)
        due.add(heavy)

        XCTAssertEqual(due.take(at: later).map(\.token), [1, 2])
    }
}
