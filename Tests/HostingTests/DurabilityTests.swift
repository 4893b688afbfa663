@testable import Hosting
import Storage
import TestSupport
import Synchronization
import XCTest

final class DurabilityTests: XCTestCase {
    func testAnErasureIsAnsweredOnceNobodyKeepsTheLogThatHoldsWhatWasErased() throws {
        try Street.run(threads: 4) { street in
            let tenant = try street.create("acme")
            let (answers, inside, gate) = (Answers(), Gate(), Gate())
            street.enter("Whimsical", in: tenant, answers)
            _ = answers.all()
            answers.expect()
            let reader = Thread {
                let seen = try? tenant.readHere { transaction in
                    let names = try transaction.all("SELECT name FROM customer") { $0.text(0) }
                    inside.open()
                    gate.pass()
                    return names
                }
                answers.add("read \(seen ?? [])")
            }
            reader.start()
            inside.pass()
            answers.expect()
            tenant.write { transaction in
                try transaction.execute("UPDATE customer SET name = 'gone', name_key = 'gone'")
                transaction.scrub()
                return { answers.add("erased") }
            } failed: {
                answers.add("not erased: \($0)")
            }

            // Others are not kept waiting.
            let others = Answers()
            street.enter("Bo", in: tenant, others)
            XCTAssertEqual(others.all(), ["Bo"])
            XCTAssertEqual(street.customers(of: tenant), ["gone", "Bo"])
            let log = street.registry(of: "acme") + "-wal"
            let word = Data("Whimsical".utf8)
            XCTAssertNotNil(FileManager.default.contents(atPath: log)?.range(of: word))
            gate.open()

            XCTAssertEqual(answers.all().suffix(2).sorted(), [#"read ["Whimsical"]"#, "erased"].sorted())
            for file in [log, street.registry(of: "acme")] {
                XCTAssertNil(FileManager.default.contents(atPath: file)?.range(of: word), file)
            }
        }
    }

    func testALookAtWhatMayStillBeLostIsAnsweredOnceThatIsDurable() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let entered = Answers()
            street.enter("ann", in: tenant, entered)
            XCTAssertEqual(entered.all(), ["ann"])
            let seq = Self.unmakeDurable(tenant)
            let answers = Answers()

            street.look(at: tenant, answers)
            answers.expect()
            tenant.read { _ in
                throw HostError.badLocale
            } failed: { error in
                answers.add("\(error)")
            }
            while tenant.state.withLock({ $0.deferred.count }) < 2 {}
            answers.expect()
            answers.add("durable")
            tenant.noteDurable(seq)

            XCTAssertEqual(answers.all().first, "durable")
            XCTAssertEqual(Set(answers.all()), ["durable", "ann", "\(HostError.badLocale)"])
        }
    }

    func testALookFromAnotherThreadWaitsToo() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            street.enter("ann", in: tenant, answers)
            XCTAssertEqual(answers.all(), ["ann"])
            let seq = Self.unmakeDurable(tenant)

            let counts = try concurrently(2) { thread in
                guard thread == 1 else {
                    return try tenant.readHere { transaction in
                        (tenant.state.withLock { $0.isUnsafe } ? -1 : 0)
                            + (try transaction.first("SELECT count(*) FROM customer") { $0.integer(0) } ?? 0)
                    }
                }
                while tenant.state.withLock({ $0.deferred.isEmpty }) {}
                tenant.noteDurable(seq)
                return 1
            }

            XCTAssertEqual(counts, [1, 1])
        }
    }

    func testWhatIsCommittedLaterIsToldLater() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            let seq = tenant.state.withLock { $0.durableSeq }
            for _ in 1...3 { answers.expect() }
            let first = tenant.enter(seq + 1) { _ in answers.add("first") }
            let refusal = tenant.enter(nil) { _ in answers.add("a refusal that has seen the first") }
            let second = tenant.enter(seq + 2) { _ in answers.add("second") }
            let third = tenant.enter(seq + 3) { _ in answers.add("third") }

            tenant.noteDurable(second)
            tenant.noteDurable(refusal)
            tenant.noteDurable(first)

            XCTAssertEqual(answers.all(), ["first", "a refusal that has seen the first", "second"])
            XCTAssertEqual(tenant.state.withLock { $0.durableSeq }, seq + 2)
            XCTAssertFalse(tenant.state.withLock { $0.isTold })
            answers.expect()
            tenant.noteDurable(third)
            XCTAssertTrue(tenant.state.withLock { $0.isTold })
        }
    }

    func testOfAChangeThatMayBeLostItIsToldThatItIsAndOfThoseBeforeThatTheyAreNot() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            let seq = tenant.state.withLock { $0.durableSeq }
            for _ in 1...2 { answers.expect() }
            let first = tenant.enter(seq + 1) { answers.add("first \(String(describing: $0))") }
            let second = tenant.enter(seq + 2) { answers.add("second \(String(describing: $0))") }

            tenant.noteDurable(second, unless: .stopped("gone"))
            tenant.noteDurable(first)

            let loss = HostError.stopped("gone")
            XCTAssertEqual(answers.all(), ["first nil", "second \(String(describing: Optional(loss)))"])
            XCTAssertEqual(tenant.state.withLock { $0.durableSeq }, seq + 1)
        }
    }

    func testWhatWasBuiltUponAChangeThatIsLostIsToldToBeLostToo() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            let seq = tenant.state.withLock { $0.durableSeq }
            for _ in 1...3 { answers.expect() }
            let first = tenant.enter(seq + 1) { answers.add("first \(String(describing: $0))") }
            let second = tenant.enter(seq + 2) { answers.add("second \(String(describing: $0))") }

            tenant.noteDurable(second)
            tenant.noteDurable(first, unless: .stopped("gone"))
            let third = tenant.enter(seq + 3) { answers.add("third \(String(describing: $0))") }
            tenant.noteDurable(third)

            let loss = String(describing: Optional(HostError.stopped("gone")))
            XCTAssertEqual(answers.all(), ["first \(loss)", "second \(loss)", "third \(loss)"])
            XCTAssertEqual(tenant.state.withLock { $0.durableSeq }, seq)
        }
    }

    /// Makes the last commit one that may still be lost.
    ///
    /// - Returns: The number of its batch.
    private static func unmakeDurable(_ tenant: Tenant) -> Int {
        let seq = tenant.state.withLock { state in
            state.durableSeq -= 1
            return state.durableSeq + 1
        }
        return tenant.enter(seq) { _ in }
    }
}
