import ControlClient
import TestSupport

/// Runs a body with a daemon that has one tenant, `acme`, and a connection of the operator to it; ends the daemon.
func withShop(
    _ settings: String = "currency=EUR country=DE account.invite=false",
    _ body: (RunningDaemon, ControlConnection) throws -> Void
) throws {
    try withTemporaryDirectory { directory in
        let daemon = try RunningDaemon(in: directory)
        defer { daemon.stop() }
        try daemon.connect().ok("tenant.create acme \(settings)")
        try body(daemon, try daemon.connect(to: "acme"))
    }
}
