import CSystem
import Glibc
import Synchronization
import XCTest

/// How threads that have asked to run before others stand in the kernel.
final class StandingTests: XCTestCase {
    override func tearDown() {
        csystem_set_real_time(0)
    }

    func testAThreadThatHasAskedForItRunsInRealTimeWhileThatIsWanted() {
        let seen = Self.onThread {
            csystem_run_early()
            return [
                Self.step(wanted: true), Self.step(wanted: true), Self.step(wanted: false), Self.step(wanted: false),
                Self.step(wanted: true),
            ]
        }
        XCTAssertEqual(seen, expected(["1 real-time", "1 real-time", "0 usual", "0 usual", "1 real-time"]))
    }

    func testAThreadThatHasNotAskedForItStaysAsItIs() {
        XCTAssertEqual(Self.onThread { Self.step(wanted: true) }, "0 usual")
    }

    func testWhatTakesLongIsInRealTimeNoMoreAndTheNextPieceIsAgain() {
        let seen = Self.onThread {
            csystem_run_first()
            var seen = [Self.step(wanted: true)]
            Self.keepProcessor(milliseconds: 50)
            seen.append(Self.standing)
            seen.append(Self.step(wanted: true))
            return seen
        }
        XCTAssertEqual(seen, expected(["1 real-time", "usual", "1 real-time"]))
    }

    func testManyShortPiecesAreInRealTimeHoweverLongTheyAreTogether() {
        let seen = Self.onThread {
            csystem_run_early()
            return (0..<100).map { _ in
                defer { Self.keepProcessor(milliseconds: 1) }
                return Self.step(wanted: true)
            }
        }
        XCTAssertEqual(seen, expected(Array(repeating: "1 real-time", count: 100)))
    }

    func testAThreadMadeByOneInRealTimeIsLikeAllOthers() {
        let seen = Self.onThread {
            csystem_run_first()
            return [Self.step(wanted: true), Self.onThread { Self.standing }]
        }
        XCTAssertEqual(seen, expected(["1 real-time", "usual"]))
    }

    func testAskingAnewIsNoRealTimeUntilTheNextPiece() {
        let seen = Self.onThread {
            csystem_run_first()
            var seen = [Self.step(wanted: true)]
            csystem_run_first()
            seen.append(Self.standing)
            seen.append(Self.step(wanted: true))
            return seen
        }
        XCTAssertEqual(seen, expected(["1 real-time", "usual", "1 real-time"]))
    }

    /// What a thread is to see; where the system grants no real time it goes on as it is.
    private func expected(_ seen: [String]) -> [String] {
        if Self.onThread({ Self.mayRunInRealTime }) { return seen }
        return seen.map { $0.hasPrefix("1") ? "0 usual" : $0 }
    }

    /// Does it on a thread of its own.
    private static func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result {
        let result = Mutex<Result?>(nil)
        let done = Gate()
        Thread {
            result.withLock { $0 = work() }
            done.open()
        }.start()
        done.pass()
        guard let result = result.withLock({ $0 }) else { preconditionFailure("it is done") }
        return result
    }

    private static func step(wanted: Bool) -> String {
        csystem_set_real_time(wanted ? 1 : 0)
        return "\(csystem_begin_piece()) \(standing)"
    }

    private static var standing: String {
        // https://man7.org/linux/man-pages/man2/sched_setscheduler.2.html
        let resetOnFork: Int32 = 0x4000_0000
        let policy = sched_getscheduler(0) & ~resetOnFork
        return policy == SCHED_RR ? "real-time" : policy == SCHED_OTHER ? "usual" : "policy \(policy)"
    }

    private static var mayRunInRealTime: Bool {
        var lowest = sched_param(sched_priority: 1)
        return sched_setscheduler(0, SCHED_RR, &lowest) == 0
    }

    /// Computes until the thread has used so much of a processor.
    private static func keepProcessor(milliseconds: Int) {
        let end = threadTime + milliseconds * 1_000_000
        while threadTime < end {}
    }

    private static var threadTime: Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
