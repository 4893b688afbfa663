import Hosting
import TestSupport
import XCTest

final class JobTests: XCTestCase {
    func testManyJobsOfATenantTakeTurnsAndEachIsDone() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()

            for number in 1...40 {
                answers.expect()
                try street.host.startJob(of: tenant) { answers.add("\(number)") }
            }

            XCTAssertEqual(Set(answers.all()), Set((1...40).map { "\($0)" }))
        }
    }

    func testATenantWithTooManyJobsIsToldToTryAgain() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let other = try street.create("other")
            let gate = Gate()
            let answers = Answers()

            // Six are at work and wait at the gate; 256 more wait for them.
            for number in 1...262 {
                answers.expect()
                try street.host.startJob(of: tenant) {
                    gate.pass()
                    answers.add("\(number)")
                }
            }
            assertThrows(HostError.tooManyJobs) { try street.host.startJob(of: tenant) {} }
            answers.expect()
            try street.host.startJob(of: other) {
                answers.add("other")
                gate.open()
            }

            XCTAssertEqual(answers.all().count, 263)
        }
    }
}
