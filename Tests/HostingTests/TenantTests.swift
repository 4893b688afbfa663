import Foundation
import Hosting
import Registry
import Storage
import Synchronization
import XCTest

final class TenantTests: XCTestCase {
    func testManyJobsAreAllAnsweredInTheirOrder() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            let names = (0..<600).map { "n\($0)" }

            for name in names { street.enter(name, in: tenant, answers) }

            XCTAssertEqual(answers.all(), names)
            XCTAssertEqual(street.customers(of: tenant), names)
        }
    }

    func testARefusedJobIsUndoneAloneAmongThoseItSharesACommitWith() throws {
        try Street.run(threads: 1) { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            let gate = Gate()
            street.perform(for: tenant) { gate.pass() }

            street.enter("a", in: tenant, answers)
            street.enter("b", in: tenant, fails: true, answers)
            street.enter("c", in: tenant, answers)
            gate.open()

            XCTAssertEqual(answers.all(), ["a", "b: this customer may not order", "c"])
            XCTAssertEqual(street.customers(of: tenant), ["a", "c"])
        }
    }

    func testAJobThatIsOnlyTriedAnswersAndChangesNothing() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()

            street.enter("a", in: tenant, isKept: false, answers)
            street.enter("b", in: tenant, answers)

            XCTAssertEqual(answers.all(), ["a", "b"])
            XCTAssertEqual(street.customers(of: tenant), ["b"])
        }
    }

    func testNobodyIsAnsweredLaterForTheSakeOfALongJob() throws {
        try Street.run(threads: 1) { street in
            let tenant = try street.create("acme")
            let path = street.registry(of: "acme")
            let answers = Answers()
            let gate = Gate()
            street.perform(for: tenant) { gate.pass() }

            street.enter("short", in: tenant, answers)
            answers.expect()
            tenant.write(isLong: true) { _ in
                let isCommitted = try Database(path: path, migrations: RegistrySchema.migrations).read {
                    try $0.exists("SELECT 1 FROM customer WHERE name = 'short'")
                }
                return { answers.add("long, after the short: \(isCommitted)") }
            } failed: {
                answers.add("\($0)")
            }
            street.enter("next", in: tenant, answers)
            gate.open()

            XCTAssertEqual(answers.all(), ["short", "long, after the short: true", "next"])
        }
    }

    func testWhatWasAnsweredIsSeenByOtherProgramsBeforeLong() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let path = street.registry(of: "acme")
            let answers = Answers()
            street.enter("ann", in: tenant, answers)
            XCTAssertEqual(answers.all(), ["ann"])

            // Another connection sees only what has been committed.
            let other = try Database(path: path, migrations: RegistrySchema.migrations)
            let end = ContinuousClock.now + .seconds(20)
            while try !other.read({ try $0.exists("SELECT 1 FROM customer WHERE name = 'ann'") }) {
                guard ContinuousClock.now < end else { return XCTFail("nobody has committed it") }
                usleep(10_000)
            }
        }
    }

    func testARefusedChangeTakesNothingWithItThatWasAnsweredBefore() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            for number in 1...5 {
                let answers = Answers()
                street.enter("n\(number)", in: tenant, answers)
                XCTAssertEqual(answers.all(), ["n\(number)"])
                let others = Answers()
                street.enter("refused", in: tenant, fails: true, others)
                street.enter("tried", in: tenant, isKept: false, others)
                XCTAssertEqual(others.all().count, 2)
            }

            XCTAssertEqual(street.customers(of: tenant), (1...5).map { "n\($0)" })
        }
    }

    func testADatabaseIsNotClosedBeforeWhatWasAnsweredIsInIt() throws {
        try Street.run(openLimit: OpenLimit(tenants: 1)) { street in
            let tenants = try ["acme", "globex", "initech"].map { try street.create($0) }
            for number in 1...4 {
                for tenant in tenants {
                    let answers = Answers()
                    street.enter("n\(number)", in: tenant, answers)
                    XCTAssertEqual(answers.all(), ["n\(number)"])
                }
            }

            for tenant in tenants { XCTAssertEqual(street.customers(of: tenant), (1...4).map { "n\($0)" }) }
        }
    }

    func testAReadSeesEveryWriteThatWasAnswered() throws {
        try Street.run(threads: 4) { street in
            let tenant = try street.create("acme")
            for number in 1...50 {
                let answers = Answers()
                street.enter("n\(number)", in: tenant, answers)
                _ = answers.all()

                XCTAssertEqual(street.customers(of: tenant).count, number)
            }
        }
    }

    func testManyReadsAreAllAnsweredAlsoWhileTheDatabaseIsClosed() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            XCTAssertFalse(tenant.isOpen)

            for _ in 0..<200 { street.look(at: tenant, answers) }

            XCTAssertEqual(answers.all(), Array(repeating: "", count: 200))
        }
    }

    func testAReadThatFailsSaysWhy() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            answers.expect()

            tenant.read { transaction in
                _ = try CustomerReader(transaction).customer(CustomerID(rawValue: 1))
                return { answers.add("found") }
            } failed: {
                answers.add("\($0)")
            }

            XCTAssertEqual(answers.all(), ["there is no such customer"])
        }
    }

    func testATenantIsBusyWhenTooManyJobsWait() throws {
        try Street.run(threads: 1) { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            let gate = Gate()
            street.perform(for: tenant) { gate.pass() }
            let refused = Mutex<[HostError?]>([])

            for number in 0..<8_193 {
                answers.expect()
                tenant.write { _ in
                    { answers.add("") }
                } failed: { error in
                    refused.withLock { $0.append(error as? HostError) }
                    answers.add("refused \(number)")
                }
            }
            gate.open()

            XCTAssertEqual(answers.all().filter { $0 != "" }, ["refused 8192"])
            XCTAssertEqual(refused.withLock { $0 }, [.busy])
        }
    }

    func testAWatcherHearsOfEachCommitUntilItStopsWatching() throws {
        try Street.run(threads: 1) { street in
            let tenant = try street.create("acme")
            let heard = Mutex<[Int64]>([])
            let watcher = tenant.watch { seq in heard.withLock { $0.append(seq) } }
            func enter(_ name: String) {
                let answers = Answers()
                street.enter(name, in: tenant, answers)
                _ = answers.all()
                // A commit calls back after it has answered; the one thread is free only then.
                street.settle()
            }

            enter("a")
            enter("b")
            tenant.unwatch(watcher)
            enter("c")

            XCTAssertEqual(heard.withLock { $0 }, [1, 2])
        }
    }

    func testEverythingIsAnsweredWhenTheDatabaseCannotBeOpened() throws {
        try Street.run(threads: 1) { street in
            let tenant = try street.create("acme")
            let path = street.registry(of: "acme")
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            try Data(repeating: 0x58, count: 4_096).write(to: URL(fileURLWithPath: path))
            let answers = Answers()
            let gate = Gate()
            street.perform(for: tenant) { gate.pass() }
            street.enter("a", in: tenant, answers)
            street.enter("b", in: tenant, answers)
            street.look(at: tenant, answers)
            gate.open()

            XCTAssertEqual(
                answers.all(), ["a", "b", "look"].map { "\($0): sqlite 26: file is not a database" })
            try sound.write(to: URL(fileURLWithPath: path))
            let again = Answers()
            street.enter("c", in: tenant, again)
            XCTAssertEqual(again.all(), ["c"])
        }
    }

    func testAFileOfANewerProgramIsRefused() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            _ = try Database(
                path: street.registry(of: "acme"),
                migrations: RegistrySchema.migrations + [
                    Migration("future 1: x", "CREATE TABLE x (id INTEGER PRIMARY KEY)")
                ])
            let refused = Mutex<HostError?>(nil)
            let answers = Answers()
            answers.expect()

            tenant.write { _ in
                { answers.add("written") }
            } failed: { error in
                refused.withLock { $0 = error as? HostError }
                answers.add("refused")
            }

            XCTAssertEqual(answers.all(), ["refused"])
            XCTAssertEqual(refused.withLock { $0 }, .newerFile)
        }
    }
}
