import Foundation
import Hosting
import TestSupport
import XCTest

final class OpenTenantsTests: XCTestCase {
    private func enter(_ name: String, in tenant: Tenant, _ street: Street) {
        let answers = Answers()
        street.enter(name, in: tenant, answers)
        XCTAssertEqual(answers.all(), [name])
        // What the tenant still has to do comes before what is asked for after this.
        street.settle()
    }

    func testNoMoreDatabasesAreOpenThanAllowedAndClosedOnesOpenAgain() throws {
        // One thread: a tenant is idle before the next one is opened.
        try Street.run(openLimit: OpenLimit(tenants: 2), threads: 1) { street in
            let tenants = try (0..<5).map { try street.create("t\($0)") }
            for round in 0..<3 {
                for tenant in tenants {
                    enter("r\(round)", in: tenant, street)
                    XCTAssertLessThanOrEqual(street.host.openCount, 2)
                    XCTAssertTrue(tenant.isOpen)
                }
            }

            XCTAssertEqual(tenants.count { $0.isOpen }, 2)
            for tenant in tenants { XCTAssertEqual(street.customers(of: tenant), ["r0", "r1", "r2"]) }
        }
    }

    func testTheOneUsedLongestAgoIsClosed() throws {
        try Street.run(openLimit: OpenLimit(tenants: 2), threads: 1) { street in
            let first = try street.create("first")
            let second = try street.create("second")
            let third = try street.create("third")
            enter("a", in: first, street)
            enter("a", in: second, street)
            XCTAssertNotNil(street.host.knownTenant(first.name))

            enter("a", in: third, street)

            XCTAssertEqual([first, second, third].map(\.isOpen), [true, false, true])
        }
    }

    func testPlacesAreFreedBeforeSomebodyNeedsThem() throws {
        try Street.run(openLimit: OpenLimit(tenants: 32), threads: 1) { street in
            let tenants = try (0..<31).map { try street.create("t\($0)") }
            for tenant in tenants { enter("a", in: tenant, street) }

            while street.host.openCount > 29 { usleep(1_000) }

            XCTAssertEqual(tenants.prefix(2).map(\.isOpen), [false, false])
            XCTAssertTrue(tenants.dropFirst(2).allSatisfy(\.isOpen))
            enter("b", in: tenants[0], street)
            XCTAssertEqual(street.customers(of: tenants[0]), ["a", "b"])
        }
    }

    func testTenantsTakeTurnsWhereThereAreFewerConnections() throws {
        try Street.run(openLimit: OpenLimit(tenants: 100, connections: 3), threads: 1) { street in
            let tenants = try (0..<8).map { try street.create("t\($0)") }
            for round in 0..<3 {
                for tenant in tenants {
                    enter("r\(round)", in: tenant, street)
                    XCTAssertLessThanOrEqual(street.host.warmCount, 3)
                }
            }

            XCTAssertEqual(street.host.openCount, 8)
            for tenant in tenants { XCTAssertEqual(street.customers(of: tenant), ["r0", "r1", "r2"]) }
        }
    }

    func testTenantsThatAreReadFromCountForMoreDescriptors() throws {
        try Street.run(openLimit: OpenLimit(tenants: 100, descriptors: 8), threads: 1) { street in
            let tenants = try (0..<4).map { try street.create("t\($0)") }
            for tenant in tenants { enter("a", in: tenant, street) }
            XCTAssertEqual(street.host.openCount, 4)

            XCTAssertEqual(street.customers(of: tenants[3]), ["a"])

            while street.host.openCount > 3 { usleep(1_000) }
            XCTAssertEqual(tenants.map(\.isOpen), [false, true, true, true])
        }
    }

    func testATenantInUseIsNotClosed() throws {
        try Street.run(openLimit: OpenLimit(tenants: 1), threads: 2) { street in
            let busy = try street.create("busy")
            let other = try street.create("other")
            let gate = Gate()
            let started = Gate()
            let answers = Answers()
            answers.expect()
            busy.write { _ in
                started.open()
                gate.pass()
                return { answers.add("busy") }
            } failed: {
                answers.add("\($0)")
            }
            started.pass()

            enter("a", in: other, street)
            XCTAssertEqual([busy, other].map(\.isOpen), [true, true])
            gate.open()

            XCTAssertEqual(answers.all(), ["busy"])
        }
    }

    func testAClosedHostHasFinishedItsWorkAndHoldsNothingOpen() throws {
        try withTemporaryDirectory { folder in
            let answers = Answers()
            var tenants: [Tenant] = []
            try Street.inFolder(folder) { street in
                for number in 0..<3 {
                    let tenant = try street.create("t\(number)")
                    for name in 0..<50 { street.enter("n\(name)", in: tenant, answers) }
                    tenants.append(tenant)
                }
            }

            XCTAssertEqual(answers.all().count, 150)
            XCTAssertEqual(tenants.map(\.isOpen), [false, false, false])
            try Street.inFolder(folder) { street in
                XCTAssertEqual(street.customers(of: try street.host.tenant(Street.name("t1"))).count, 50)
            }
        }
    }
}
