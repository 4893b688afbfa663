import TestSupport
import XCTest

extension XCTestCase {
    /// Runs a body with a plugin that gives up on a request after a while, and looks that nothing is left in the end.
    func onStage(_ body: (Stage) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory)
            try body(stage)
            XCTAssertEqual(stage.daemon.stop(), .exited(0))
            XCTAssertEqual(stage.processes, [])
        }
    }
}
