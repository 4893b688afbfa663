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

            let disk = recording.disk
            // Where a segment has just gone, its files' logs have to do without it.
            let tailored = disk.trace.steps.indices.filter {
                disk.trace.steps[$0].kind == .unlink && disk.trace.steps[$0].path.hasSuffix(".journal")
            }.map { Loss(at: $0 + 3, .everything) }
            for loss in (1...20).map({ Loss(seed: $0, of: disk) }) + tailored {
                let problems = try recording.problems(after: loss)
                if problems.contains(where: { $0.contains(word) }) { return }
            }

            XCTFail("no loss of power shows that the syncs are left out")
        }
    }
}
