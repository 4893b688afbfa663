import ControlClient
import Foundation
import Synchronization
import TestSupport
import XCTest

final class FairnessTests: XCTestCase {
    /// What the clients of the busy tenant and the one of the quiet tenant tell each other.
    private final class Signals: Sendable {
        let busyClients = Mutex(0)
        let isQuietClientDone = Mutex(false)
    }

    func testABusyTenantDoesNotKeepAnotherWaiting() throws {
        try withShop { daemon in
            XCTAssertNil(try daemon.connect().ask("tenant.create name=other").error)
            let signals = Signals()
            let socket = daemon.socket

            let counts = try concurrently(65) { number in
                // Whatever happens, the others must not go on for ever.
                defer { if number == 64 { signals.isQuietClientDone.withLock { $0 = true } } }
                let connection = try ControlConnection(path: socket)
                return number < 64
                    ? try Self.keepBusy(number, connection, signals) : try Self.registerFifty(connection, signals)
            }

            XCTAssertEqual(counts.last, 50)
            // They go on until the fifty are done, and none of them was starved either.
            XCTAssertTrue(counts.dropLast().allSatisfy { $0 >= 8 }, "\(counts)")
        }
    }

    /// Registers orders of acme, eight ahead of the answers, until the quiet client is done; returns how many.
    private static func keepBusy(_ number: Int, _ connection: ControlConnection, _ signals: Signals) throws -> Int {
        try connection.use("acme", staff: nil)
        var sent = 0
        var answered = 0
        while !signals.isQuietClientDone.withLock({ $0 }) {
            while sent - answered < 8 {
                try connection.send("order.register channel=online-shop ext=\(number)-\(sent) total=1.00")
                sent += 1
            }
            let reply = try connection.reply()
            XCTAssertNil(reply.error)
            answered += 1
            if answered == 1 { signals.busyClients.withLock { $0 += 1 } }
        }
        while answered < sent {
            XCTAssertNil(try connection.reply().error)
            answered += 1
        }
        return answered
    }

    /// Registers fifty orders of the other tenant while all the busy clients are at it.
    private static func registerFifty(_ connection: ControlConnection, _ signals: Signals) throws -> Int {
        try connection.use("other", staff: nil)
        // Asks on until all the busy clients have been answered once.
        for _ in 0..<100_000 where signals.busyClients.withLock({ $0 }) < 64 {
            XCTAssertNil(try connection.ask("whoami").error)
        }
        return try (0..<50).count { number in
            try connection.ask("order.register channel=online-shop ext=\(number) total=1.00").error == nil
        }
    }
}
