import ControlClient
import Foundation
import StrictJSON
import Synchronization
import TestSupport
import XCTest

/// Loss of power at any time, of all that was not synced: what was answered is there.
final class PowerLossTests: XCTestCase {
    private static let environment = ProcessInfo.processInfo.environment

    /// The seeds of losses; those named in `PATRON_SEEDS`, such as "17" or "1-1000", instead.
    private static func seeds(_ standard: ClosedRange<UInt64>) throws -> ClosedRange<UInt64> {
        guard let text = environment["PATRON_SEEDS"] else { return standard }
        let bounds = text.split(separator: "-").compactMap { UInt64($0) }
        return try XCTUnwrap(bounds.first)...XCTUnwrap(bounds.last)
    }

    func testWhatWasAnsweredIsThereAfterAnyLossOfPower() throws {
        try withTemporaryDirectory { folder in
            let recording = try Self.recording(in: folder)
            XCTAssertGreaterThan(recording.answers.total, 120)

            try assertNothingIsLost(recording, Self.seeds(1...150))
        }
    }

    func testARecoveryThatIsCutOffLosesNothingEither() throws {
        try withTemporaryDirectory { folder in
            let recording = try Self.recording(in: folder)
            let last = recording.disk.trace.steps.count
            for (number, cut) in [last / 2, last * 3 / 4, last].enumerated() {
                try withTemporaryDirectory { next in
                    let loss = Loss(at: cut, number == 1 ? .files : .everything)
                    let second = try Recording(ofRecoveryIn: next, from: recording, after: loss)

                    try assertNothingIsLost(second, 1...10)
                }
            }
        }
    }

    func testTheDaemonServesWhatIsLeft() throws {
        try withTemporaryDirectory { folder in
            let recording = try Self.recording(in: folder)
            for seed in 1...3 {
                try withTemporaryDirectory { next in
                    let loss = Loss(seed: UInt64(1_000 + seed), of: recording.disk)
                    try recording.disk.make("\(next)/tenants", after: loss)
                    let daemon = try RunningDaemon(in: next)
                    let connection = try daemon.connect()
                    for row in try connection.rows("tenant.list") {
                        let verdict = try connection.ok("@\(row.text("name") ?? "") tenant.verify")
                        XCTAssertEqual(verdict["ok"], .bool(true), "\(loss): \(verdict.text)")
                    }
                    XCTAssertEqual(daemon.stop(), .exited(0))

                    let facts = recording.facts(at: loss.cut)
                    XCTAssertEqual(
                        try Inspection(folder: daemon.tenants, facts: facts).problems(), [], "\(loss)")
                }
            }
        }
    }

    /// The recording in the folder named in `PATRON_POWER_TRACE`, or a new one.
    private static func recording(in folder: String) throws -> Recording {
        if let kept = environment["PATRON_POWER_TRACE"] { return try Recording(kept: kept) }
        return try Recording(in: folder, size: environment["PATRON_SEEDS"] == nil ? 1 : 3)
    }

    private func assertNothingIsLost(_ recording: Recording, _ seeds: ClosedRange<UInt64>) throws {
        let next = Mutex(seeds.lowerBound)
        let failures = Mutex<[String]>([])
        // More than cores, since they wait for the disk now and then.
        _ = try concurrently(4) { _ in
            while true {
                let seed = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard seed <= seeds.upperBound, failures.withLock({ $0.count < 5 }) else { return }
                let loss = Loss(seed: seed, of: recording.disk)
                let problems = try recording.problems(after: loss)
                guard !problems.isEmpty else { continue }
                failures.withLock { $0.append("\(loss)\n  " + problems.prefix(8).joined(separator: "\n  ")) }
            }
        }
        let found = failures.withLock { $0 }
        guard !found.isEmpty else { return }
        XCTFail(
            "PATRON_POWER_TRACE=\(try recording.keep()) PATRON_SEEDS=… shows it again:\n"
                + found.joined(separator: "\n"))
    }
}
