import Foundation
@testable import Hosting
import Synchronization
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

    func testNoMoreJobsAreAtWorkAtOnceThanMayBeWhileTheyGetOn() {
        let pool = WorkerPool(threads: 8, atOnce: 2)
        let counts = Mutex((now: 0, most: 0))
        let answers = Answers()

        for _ in 0..<2_000 {
            answers.expect()
            pool.submit {
                counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                counts.withLock { $0.now -= 1 }
                answers.add("")
            }
        }

        XCTAssertEqual(answers.all().count, 2_000)
        XCTAssertLessThanOrEqual(counts.withLock { $0.most }, 2)
        pool.stop()
    }

    func testJobsThatWaitLetOthersInUntilNoThreadIsLeft() {
        let pool = WorkerPool(threads: 5, atOnce: 2)
        let gate = Gate()
        let answers = Answers()
        for _ in 0..<4 { pool.submit { gate.pass() } }

        answers.expect()
        pool.submit { answers.add("through") }

        XCTAssertEqual(answers.all(), ["through"])
        gate.open()
        pool.stop()
    }

    func testJobsThatCameBeforeAnyThreadWasAtRestAreNotForgotten() {
        for _ in 0..<100 {
            let pool = WorkerPool(threads: 4, atOnce: 1)
            let (gate, answers) = (Gate(), Answers())
            // Its threads have hardly begun.
            pool.submit { gate.pass() }
            answers.expect()
            pool.submit { answers.add("through") }

            XCTAssertEqual(answers.all(), ["through"])
            gate.open()
            pool.stop()
        }
    }

    func testEveryJobRunsWhileSomeWaitAndThePoolStops() {
        let pool = WorkerPool(threads: 6, atOnce: 2)
        let count = Counter()
        for number in 0..<600 {
            pool.submit {
                if number.isMultiple(of: 50) { usleep(3_000) }
                count.add()
            }
        }

        pool.stop()

        XCTAssertEqual(count.value, 600)
    }

    func testNoThreadIsLeft() throws {
        let use = {
            let pool = WorkerPool(threads: 16, atOnce: 3)
            pool.submit {}
            pool.stop()
        }
        // The first one may have the system start threads of its own, which stay.
        use()
        usleep(100_000)
        let before = try threads()
        for _ in 0..<5 { use() }

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
