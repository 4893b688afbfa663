import TestSupport
import XCTest

/// The proof finds what it is there for: syncs that are left out on purpose make it fail.
final class PlantedFaultTests: XCTestCase {
    func testASyncOfTheJournalThatIsLeftOutIsFound() throws { try assertIsFound("journal", "is lost") }

    func testASyncOfALogThatIsLeftOutIsFound() throws { try assertIsFound("log", "is lost") }

    func testASyncOfAFolderThatIsLeftOutIsFound() throws { try assertIsFound("folder", "is not there") }

    private func assertIsFound(_ fault: String, _ word: String) throws {
        try withTemporaryDirectory { folder in
            let recording = try Recording(in: folder, size: 2, fault: fault, isCramped: false)

            for seed in 1...UInt64(60) {
                let problems = try recording.problems(after: Loss(seed: seed, of: recording.disk))
                if problems.contains(where: { $0.contains(word) }) { print(fault, seed, problems.prefix(3)); return }
            }

            XCTFail("no loss of power shows that the syncs are left out")
        }
    }
}
