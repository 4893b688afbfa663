import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// Runs a body with a daemon that has one tenant, acme, and sees to it that the same daemon still serves afterwards.
func withShop(_ body: (RunningDaemon) throws -> Void) throws {
    try withTemporaryDirectory { directory in
        let daemon = try RunningDaemon(in: directory)
        XCTAssertNil(try daemon.connect().ask("tenant.create name=acme").error)

        try body(daemon)

        XCTAssertNil(daemon.process.end)
        XCTAssertEqual(try daemon.connect(to: "acme").ask("tenant.verify").ok?["ok"], .bool(true))
    }
}
