import ControlClient
import TestSupport

/// Runs a body with a daemon that has one tenant, `acme`, and a connection of the operator to it; ends the daemon.
///
/// `makePlugins` puts plugins into the folder it is given.
func withShop(
    _ settings: String = "currency=EUR country=DE account.invite=false",
    makePlugins: ((String) throws -> Void)? = nil, _ body: (RunningDaemon, ControlConnection) throws -> Void
) throws {
    try withTemporaryDirectory { directory in
        try makePlugins?("\(directory)/plugins")
        let daemon = try RunningDaemon(in: directory, plugins: makePlugins == nil ? nil : "\(directory)/plugins")
        defer { daemon.stop() }
        try daemon.connect().ok("tenant.create acme \(settings)")
        try body(daemon, try daemon.connect(to: "acme"))
    }
}
