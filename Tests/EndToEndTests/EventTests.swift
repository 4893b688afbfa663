import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class EventTests: XCTestCase {
    func testFiveThousandEventsReachAWatcherInOrderWithoutGaps() throws {
        try withShop { daemon, connection in
            let watcher = try daemon.connect(to: "acme")
            XCTAssertEqual(try watcher.ok("event.watch from=now").number("seq"), 0)
            let lines = (1...1_250).map { "customer.create name=N\($0)" }

            _ = try concurrently(4) { _ in try daemon.connect(to: "acme").replies(to: lines).count }

            let events = try Self.events(of: watcher) { $0.count == 5_000 }
            XCTAssertEqual(events.map(\.seq), Array(1...5_000))
            XCTAssertEqual(Set(events.map(\.topic)), ["customer.created"])
            XCTAssertEqual(try connection.allRows("event.list limit=1000").map { $0.number("seq") }, events.map(\.seq))
        }
    }

    func testAWatcherFromTheOldestMissesNothingWhileOrdersComeIn() throws {
        try withShop { daemon, connection in
            // Two write while six come to watch.
            let seen = try concurrently(8) { number -> [Int64] in
                let client = try daemon.connect(to: "acme")
                guard number >= 2 else {
                    let lines = (1...300).map {
                        #"order.register channel=online-shop ext=\#(number)-\#($0) customer={"email":"c\#($0)@example.org"} total=1.00"#
                    }
                    XCTAssertEqual(try client.replies(to: lines).compactMap(\.error), [])
                    return []
                }
                try client.ok("event.watch from=oldest topics=order.registered")
                return try Self.events(of: client) { $0.count == 600 }.map(\.seq)
            }

            let stored = try connection.allRows("event.list topics=order.registered limit=1000")
            XCTAssertEqual(stored.count, 600)
            for seqs in seen.dropFirst(2) { XCTAssertEqual(seqs, stored.compactMap { $0.number("seq") }) }
        }
    }

    func testAWatcherGetsTheTopicsItAskedForFromWhereItWants() throws {
        try withShop { daemon, connection in
            for name in ["A", "B", "C"] { try connection.ok("customer.create name=\(name)") }
            try connection.ok("tag.assign customer=1 tag=VIP")
            let watcher = try daemon.connect(to: "acme")

            XCTAssertEqual(try watcher.ok("event.watch from=3 topics=customer.created,tag.*").number("seq"), 2)
            XCTAssertEqual(
                try Self.events(of: watcher) { $0.count == 2 }.map(\.topic), ["customer.created", "tag.assigned"])
            try connection.ok("note.add customer=1 text=x")
            try connection.ok("tag.remove customer=1 tag=VIP")
            let removed = try Self.events(of: watcher) { $0.count == 1 }
            XCTAssertEqual(removed.map(\.topic), ["tag.removed"])
            XCTAssertEqual(removed.map(\.seq), [6])
            XCTAssertEqual(
                removed.first?.body, try connection.rows("event.list from=6").first, "an event is a timeline entry")

            XCTAssertEqual(try watcher.ok("event.unwatch").number("seq"), 6)
            XCTAssertEqual(try watcher.refusal("event.unwatch"), "404 no-watch")
            try connection.ok("tag.assign customer=1 tag=VIP")
            try watcher.ok("hello")
            XCTAssertEqual(watcher.events, [])
            XCTAssertEqual(try watcher.refusal("event.watch from=yesterday"), "400 bad-value")
        }
    }

    func testARefusedChangeIsNoEvent() throws {
        try withShop { _, connection in
            try connection.ok("customer.create email=ann@example.org")
            XCTAssertEqual(try connection.refusal("customer.create email=ANN@example.org"), "409 email-taken")
            try connection.ok("customer.create email=bo@example.org")
            XCTAssertEqual(try connection.rows("event.list").map { $0.number("seq") }, [1, 2])
        }
    }

    /// Events as they come, until there are as many as are wanted.
    private static func events(
        of watcher: ControlConnection, until isEnough: ([ClientEvent]) -> Bool
    ) throws -> [ClientEvent] {
        var events = watcher.events
        watcher.events = []
        while !isEnough(events) {
            guard case .event(let event) = try XCTUnwrap(watcher.readAnswerLine()) else { continue }
            events.append(event)
        }
        return events
    }
}
