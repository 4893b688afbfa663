import Registry
import Storage
import TestSupport
import XCTest

final class ConsentMigrationTests: XCTestCase {
    func testStatesAndEvidenceOfAnOlderFileAreCarriedOver() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/old.sqlite"
            let later = ["consent 2: how it was said, what was agreed to, and erased people"]
            let old = RegistrySchema.migrations.filter { !later.contains($0.name) }
            XCTAssertEqual(old.count, RegistrySchema.migrations.count - 1)
            try Database(path: path, migrations: old).write { transaction in
                try transaction.execute(
                    """
                    INSERT INTO customer (id, number, rev, name_key, account, source, is_test, joined_at)
                    VALUES (1, 1, 1, '', 'none', 'staff', 0, 5)
                    """)
                try transaction.execute("INSERT INTO consent VALUES (1, 'newsletter', 'subscribed', 7)")
                try transaction.execute(
                    """
                    INSERT INTO consent_evidence (customer_id, purpose, status, wording, actor, at)
                    VALUES (1, 'newsletter', 'subscribed', 'v1', 'staff:lena', 7)
                    """)
            }

            let database = try Database(path: path, migrations: RegistrySchema.migrations)

            let (states, evidence) = try database.read { transaction in
                let reader = ConsentReader(transaction)
                let anna = CustomerID(rawValue: 1)
                return (try reader.states(of: anna), try reader.evidence(of: anna))
            }
            XCTAssertEqual(states.map(\.status), [.subscribed])
            XCTAssertEqual(states.map(\.changedAt.seconds), [7])
            XCTAssertEqual(evidence.map(\.wording), ["v1"])
            XCTAssertEqual(evidence.map(\.origin), [nil])
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
        }
    }
}
