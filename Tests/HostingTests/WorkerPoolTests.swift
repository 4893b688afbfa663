import Foundation
@testable import Hosting
import XCTest

final class WorkerPoolTests: XCTestCase {
    func testEveryJobHasRunWhenThePoolHasStopped() {
        for threads in [1, 4] {
            let pool = WorkerPool(threads: threads)
            let count = Counter()

            for _ in 0..<1_000 { pool.submit { count.add() } }
            pool.stop()

            XCTAssertEqual(count.value, 1_000)
        }
    }

    func testAJobMaySubmitAnotherEvenWhileThePoolStops() {
        let pool = WorkerPool(threads: 2)
        let count = Counter()
        let gate = Gate()
        pool.submit {
            gate.pass()
            pool.submit { count.add() }
        }

        gate.open()
        pool.stop()

        XCTAssertEqual(count.value, 1)
    }

    func testOneThreadRunsJobsInTheirOrder() {
        let pool = WorkerPool(threads: 1)
        let answers = Answers()
        let numbers = (0..<500).map(String.init)

        for number in numbers {
            answers.expect()
            pool.submit { answers.add(number) }
        }

        XCTAssertEqual(answers.all(), numbers)
        pool.stop()
    }

    func testAPoolIsBusyWhileAJobWaitsForAThread() {
        let pool = WorkerPool(threads: 1)
        let gate = Gate()
        let started = Gate()
        pool.submit {
            started.open()
            gate.pass()
        }
        started.pass()
        XCTAssertFalse(pool.isBusy)

        pool.submit {}

        XCTAssertTrue(pool.isBusy)
        gate.open()
        pool.stop()
        XCTAssertFalse(pool.isBusy)
    }

    func testBlockedJobsDoNotHoldUpOthersWhileThreadsAreLeft() {
        let pool = WorkerPool(threads: 3)
        let gate = Gate()
        let answers = Answers()
        for _ in 0..<2 { pool.submit { gate.pass() } }

        answers.expect()
        pool.submit { answers.add("through") }

        XCTAssertEqual(answers.all(), ["through"])
        gate.open()
        pool.stop()
    }

    func testNoThreadIsLeft() throws {
        let before = try threads()
        for _ in 0..<5 {
            let pool = WorkerPool(threads: 16)
            pool.submit {}
            pool.stop()
        }

        // A thread that has ended its work leaves the process a moment later.
        for _ in 0..<200_000 {
            guard try threads() > before else { break }
            sched_yield()
        }

        XCTAssertLessThanOrEqual(try threads(), before)
    }

    private func threads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
}
