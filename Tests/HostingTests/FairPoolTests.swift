@testable import Hosting
import Synchronization
import XCTest

final class FairPoolTests: XCTestCase {
    /// A clock that stands still, and what somebody has used by it.
    private struct Household: Sendable {
        let time = Hand()
        let use: RecentUse

        init(milliseconds: Int64 = 0) {
            use = RecentUse { [time] in time.nanoseconds }
            use.add(milliseconds * 1_000_000)
        }
    }

    private final class Hand: Sendable {
        private let now = Mutex(Int64(0))

        var nanoseconds: Int64 { now.withLock { $0 } }

        func rest(milliseconds: Int64) { now.withLock { $0 += milliseconds * 1_000_000 } }
    }

    func testLittleIsNotMuchAndMuchIs() {
        XCTAssertFalse(Household().use.isMuch)
        XCTAssertFalse(Household(milliseconds: 9).use.isMuch)
        XCTAssertTrue(Household(milliseconds: 11).use.isMuch)
    }

    func testWhatIsUsedBitByBitAddsUpAndIsForgottenAfterRest() {
        let household = Household()
        for _ in 0..<20 {
            household.use.add(1_000_000)
            household.time.rest(milliseconds: 5)
        }
        XCTAssertTrue(household.use.isMuch)

        household.time.rest(milliseconds: 50)

        XCTAssertFalse(household.use.isMuch)
        household.time.rest(milliseconds: 500)
        household.use.add(9_000_000)
        XCTAssertFalse(household.use.isMuch)
    }

    func testAnHourOfUseIsForgottenInASecondOfRest() {
        let household = Household(milliseconds: 3_600_000)

        household.time.rest(milliseconds: 1_000)

        XCTAssertFalse(household.use.isMuch)
    }

    func testWaitingIsNoUse() {
        let household = Household()
        let (gate, answers) = (Gate(), Answers())
        let pool = FairPool(threads: 1)
        answers.expect()

        pool.submit(for: household.use) { _ in
            household.use.measure { gate.pass() }
            answers.add("done")
        }
        gate.open()

        XCTAssertEqual(answers.all(), ["done"])
        XCTAssertFalse(household.use.isMuch)
        pool.stop()
    }

    func testWhoHasUsedLittleIsServedBeforeWhoHasUsedMuchHoweverLongThatWaits() {
        let (quiet, noisy) = (Household(), Household(milliseconds: 100))
        let (gate, started, answers) = (Gate(), Gate(), Answers())
        let pool = FairPool(threads: 1)
        pool.submit(for: noisy.use) { _ in
            started.open()
            gate.pass()
        }
        started.pass()
        let later = Answers()
        for number in 0..<50 {
            later.expect()
            pool.submit(for: noisy.use) { _ in later.add("\(number)") }
        }

        answers.expect()
        pool.submit(for: quiet.use) { answers.add("\($0)") }

        XCTAssertEqual(answers.all(), ["little"])
        gate.open()
        XCTAssertEqual(later.all(), (0..<50).map(String.init))
        pool.stop()
    }

    func testWhoeverUsesMuchHasToLeaveTheThreadThatOthersWouldHave() {
        let household = Household()
        let answers = Answers()
        let pool = FairPool(threads: 1)
        answers.expect()

        pool.submit(for: household.use) { lane in
            answers.expect()
            answers.add("\(lane) \(pool.isWanted(by: household.use, on: lane))")
            household.use.add(11_000_000)
            answers.expect()
            answers.add("\(lane) \(pool.isWanted(by: household.use, on: lane))")
            pool.submit(for: household.use) { lane in
                // It stays there, also when it has rested, until there is no more to do.
                household.time.rest(milliseconds: 1_000)
                answers.add("\(lane) \(pool.isWanted(by: household.use, on: lane))")
            }
        }

        XCTAssertEqual(answers.all(), ["little false", "little true", "much false"])
        pool.stop()
    }

    func testNobodyWaitsForEverHoweverManyThereAreOfTheOthers() {
        let (quiet, noisy) = (Household(), Household(milliseconds: 100))
        let pool = FairPool(threads: 2, atOnce: 1)
        let (answers, count) = (Answers(), Counter())
        let isOver = Mutex(false)
        @Sendable func goOn() {
            count.add()
            if !isOver.withLock({ $0 }) { pool.submit(for: quiet.use) { _ in goOn() } }
        }
        for _ in 0..<8 { pool.submit(for: quiet.use) { _ in goOn() } }

        for number in 0..<100 {
            answers.expect()
            pool.submit(for: noisy.use) { _ in answers.add("\(number)") }
        }

        XCTAssertEqual(answers.all().count, 100)
        isOver.withLock { $0 = true }
        pool.stop()
    }

    func testEveryJobHasRunWhenThePoolHasStopped() {
        let (quiet, noisy) = (Household(), Household(milliseconds: 100))
        let pool = FairPool(threads: 3, atOnce: 2)
        let count = Counter()
        for _ in 0..<200 {
            pool.submit(for: quiet.use) { _ in pool.submit(for: noisy.use) { _ in count.add() } }
            pool.submit(for: noisy.use) { _ in pool.submit(for: quiet.use) { _ in count.add() } }
            pool.submit { count.add() }
        }

        pool.stop()

        XCTAssertEqual(count.value, 600)
    }
}
