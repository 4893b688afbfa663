import ControlClient
import Foundation
import TestSupport
import XCTest

/// Whoever syncs a little waits for no more of what others write than a piece.
final class PieceTests: XCTestCase {
    private static let piece = 1 << 20

    func testASegmentOfTheJournalReachesTheDiskInPieces() throws {
        try withTemporaryDirectory { folder in
            let daemon = try RunningDaemon(
                in: folder,
                environment: [
                    "LD_PRELOAD": Products.path(of: "libPowerTrace.so"), "POWER_ROOT": "\(folder)/tenants",
                    "POWER_TRACE": "\(folder)/trace",
                ], options: ["--journal", "\(4 * Self.piece)"])
            let connection = try daemon.connect()
            try connection.ok("tenant.create acme")
            try connection.ok("use acme")
            try connection.ok("customer.create name=Ann")
            let text = String(repeating: "tea ", count: 900)
            // The second segment is two pieces long, the third four.
            let segments = "\(daemon.tenants)/.journal"
            var isThere = false
            while !isThere {
                for _ in 0..<20 { try connection.ok(#"comment.add customer=1 text="\#(text)""#) }
                isThere = try FileManager.default.contentsOfDirectory(atPath: segments).contains { name in
                    (try FileManager.default.attributesOfItem(atPath: "\(segments)/\(name)")[.size] as? Int ?? 0)
                        == 4 * Self.piece
                }
            }
            daemon.kill()

            let most = try Self.mostUnsynced(Trace("\(folder)/trace", root: "\(folder)/tenants"))

            XCTAssertEqual(most.filter { $0.key.hasSuffix(".journal") && $0.value > Self.piece }, [:])
            XCTAssertGreaterThanOrEqual(most.filter { $0.value == Self.piece }.count, 3, "\(most)")
        }
    }

    /// How many bytes of each of the journal's files waited for the disk at most.
    private static func mostUnsynced(_ trace: Trace) throws -> [String: Int] {
        var paths: [Int32: String] = [:]
        var waiting: [String: Int] = [:]
        var most: [String: Int] = [:]
        for step in trace.steps {
            switch step.kind {
            case .open: paths[step.descriptor] = step.path
            case .close: paths[step.descriptor] = nil
            case .write:
                guard let path = paths[step.descriptor], path.contains("/.journal/") else { continue }
                waiting[path, default: 0] += step.data.count
                most[path] = max(most[path] ?? 0, waiting[path] ?? 0)
            case .syncBegins: if let path = paths[step.descriptor] { waiting[path] = 0 }
            case .duplicate, .length, .rename, .unlink, .makeFolder, .removeFolder, .link, .syncEnds, .answer,
                .connection, .unknown:
                break
            }
        }
        return most
    }
}
