@testable import Hosting
import Synchronization
import XCTest

final class RealTimeShareTests: XCTestCase {
    /// A share on a machine of two processors, by a clock that stands still, and what it has granted and taken back.
    private final class Machine: Sendable {
        private let now = Mutex(Int64(0))
        private let said = Mutex<[Bool]>([])
        private let made = Mutex<RealTimeShare?>(nil)

        var share: RealTimeShare {
            made.withLock { made in
                if let made { return made }
                let share = RealTimeShare(processors: 2) { [unowned self] in
                    now.withLock { $0 }
                } grant: { [unowned self] isGranted in
                    said.withLock { $0.append(isGranted) }
                }
                made = share
                return share
            }
        }

        var decisions: [Bool] { said.withLock { $0 } }

        func rest(milliseconds: Int64) { now.withLock { $0 += milliseconds * 1_000_000 } }

        func use(milliseconds: Int64) { share.use.add(milliseconds * 1_000_000) }
    }

    func testWhoAsksLittleIsGrantedItAndToldOnce() {
        let machine = Machine()
        for _ in 0..<3 { machine.share.noteRequest(on: .little) }
        XCTAssertEqual(machine.decisions, [true])
    }

    func testWhoAsksMuchIsGrantedNothing() {
        let machine = Machine()
        for _ in 0..<3 { machine.share.noteRequest(on: .much) }
        XCTAssertEqual(machine.decisions, [])
    }

    func testItStaysBesideWhoAsksMuchAndEndsWhenNobodyElseHasAskedForAQuarterOfASecond() {
        let machine = Machine()
        machine.share.noteRequest(on: .little)
        machine.rest(milliseconds: 249)
        machine.share.noteRequest(on: .much)
        XCTAssertEqual(machine.decisions, [true])

        machine.rest(milliseconds: 1)
        machine.share.noteRequest(on: .much)

        XCTAssertEqual(machine.decisions, [true, false])
    }

    func testItEndsWhereAllWhoAskLittleUseMoreThanAnEighthOfTheMachineAndComesBackWhenTheyHaveRested() {
        let machine = Machine()
        // An eighth of two processors is 18 ms within what is remembered.
        machine.use(milliseconds: 17)
        machine.share.noteRequest(on: .little)
        XCTAssertEqual(machine.decisions, [true])

        machine.use(milliseconds: 2)
        machine.share.noteRequest(on: .little)
        XCTAssertEqual(machine.decisions, [true, false])

        machine.rest(milliseconds: 10)
        machine.share.noteRequest(on: .little)
        XCTAssertEqual(machine.decisions, [true, false, true])
    }

    func testOnlyWhatIsDoneForThoseWhoAskLittleCountsAsTheirs() {
        let machine = Machine()
        let pool = FairPool(threads: 1, realTime: machine.share)
        let use = RecentUse { 0 }

        for lane in [FairPool.Lane.much, .little] {
            XCTAssertFalse(machine.share.use.isMore(than: 0))
            pool.measure(use, on: lane) { for _ in 0..<100 { sched_yield() } }
            XCTAssertTrue(use.isMore(than: 0))
        }

        XCTAssertTrue(machine.share.use.isMore(than: 0))
        pool.stop()
    }
}
