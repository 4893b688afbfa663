import Foundation
import Registry
import StrictJSON
import TestSupport
import XCTest

final class MergeHistoryTests: XCTestCase {
    /// Seeds of histories; those named in `PATRON_SEEDS`, such as "17" or "1-1000", instead.
    private var seeds: ClosedRange<UInt64> {
        let bounds = ProcessInfo.processInfo.environment["PATRON_SEEDS"]?.split(separator: "-").compactMap {
            UInt64($0)
        }
        guard let first = bounds?.first, let last = bounds?.last, first <= last else { return 1...24 }
        return first...last
    }

    func testWhateverHappensUnmergingBringsBackWhatThereWouldBeWithoutTheMerge() throws {
        continueAfterFailure = true
        for seed in seeds {
            var history = try MergeHistory(seed: seed)
            do {
                for number in 1...80 {
                    let note = "seed \(seed), step \(number)"
                    guard try history.step() != nil else { continue }
                    try history.books.check(note)
                    try history.books.compare(note)
                }
                try history.unmergeAll()
                try history.books.check("seed \(seed), at the end")
                try history.books.compare("seed \(seed), at the end")
                try history.books.checkSearch("seed \(seed), at the end")
            } catch {
                XCTFail("seed \(seed): \(error)")
            }
            guard (testRun?.totalFailureCount ?? 0) == 0 else {
                let told = try history.books.merged.timeline().map { entry in
                    "\(entry.seq) \(entry.topic) \(entry.customer?.rawValue ?? 0) \(entry.data.text)"
                }
                return XCTFail("PATRON_SEEDS=\(seed) shows it again:\n" + told.joined(separator: "\n"))
            }
        }
    }
}
