import ControlClient
import Foundation
import TestSupport

/// A daemon with two tenants, acme and other, each with a customer, whose disk fails where a test wants.
struct Shops {
    static let options = ["--journal", "16384"]

    let daemon: RunningDaemon
    let connection: ControlConnection

    /// How a daemon is started whose logs seem a hundred times as long as they are.
    private let pages: Int?

    /// - Parameters:
    ///   - folder: Where; empty.
    ///   - pages: After how many pages a commit copies its log back; nil for as many as usual.
    ///   - options: Further words of the command line.
    /// - Throws: What keeps the daemon from starting, or from answering as it should.
    init(in folder: String, pages: Int? = nil, options: [String] = []) throws {
        self.pages = pages
        daemon = try Self.start(in: folder, pages, options)
        connection = try daemon.connect()
        for name in ["acme", "other"] {
            try connection.ok("tenant.create \(name) account.invite=false")
            try connection.ok("@\(name) customer.create name=Ann")
        }
    }

    func restart() throws -> RunningDaemon { try Self.start(in: daemon.directory, pages, []) }

    /// What the journal keeps aside of tenants that are stopped, by path.
    func kept() throws -> [String: Data] {
        let journal = "\(daemon.tenants)/.journal"
        let files = try FileManager.default.subpathsOfDirectory(atPath: journal).filter {
            $0.hasPrefix("kept-") && $0.hasSuffix(".journal")
        }
        return Dictionary(
            uniqueKeysWithValues: files.map { ($0, FileManager.default.contents(atPath: "\(journal)/\($0)") ?? Data()) }
        )
    }

    func fail(_ fault: String) throws {
        try "\(fault)\n".write(toFile: "\(daemon.directory)/faults", atomically: true, encoding: .utf8)
    }

    func heal() throws { try FileManager.default.removeItem(atPath: "\(daemon.directory)/faults") }

    private static func start(in folder: String, _ pages: Int?, _ further: [String]) throws -> RunningDaemon {
        try RunningDaemon(
            in: folder,
            environment: [
                "LD_PRELOAD": Products.path(of: "libPowerTrace.so"), "POWER_ROOT": "\(folder)/tenants",
                "POWER_FAIL": "\(folder)/faults", "POWER_CHECKPOINT": pages.map { "\($0)" } ?? "",
            ], options: options + further)
    }
}

/// Lends such a daemon to a test.
func withShops(pages: Int? = nil, options: [String] = [], _ body: (Shops) throws -> Void) throws {
    try withTemporaryDirectory { folder in
        let shops = try Shops(
            in: URL(fileURLWithPath: folder).resolvingSymlinksInPath().path, pages: pages, options: options)
        try body(shops)
        shops.daemon.stop()
    }
}
