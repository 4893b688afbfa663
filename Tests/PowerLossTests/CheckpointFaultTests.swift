import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// A disk that fails while a tenant's log is copied back into its file.
final class CheckpointFaultTests: XCTestCase {
    private func order(_ number: Int) -> String { "order.register channel=online-shop ext=\(number) total=1.00" }

    /// Somebody looks: a while from now on no transaction is left open.
    private func finishCommitsAtOnce(_ shops: Shops) throws { _ = try shops.connection.rows("@acme customer.list") }

    /// Whatever was answered is there once the disk is well and the tenant is resumed.
    private func assertWhole(_ shops: Shops, _ answered: [Int], line: UInt = #line) throws {
        try shops.connection.ok("@other customer.create name=Bo")
        XCTAssertEqual(try shops.connection.refusal("@acme customer.list"), "423 stopped", line: line)
        try shops.heal()
        try shops.connection.ok("tenant.resume name=acme")
        let exts = try shops.connection.allRows("@acme order.list").compactMap { $0.text("ext") }
        XCTAssertEqual(Set(answered.map(String.init)).subtracting(exts), [], line: line)
        XCTAssertEqual(try shops.connection.ok("@acme tenant.verify")["ok"], .bool(true), line: line)
        try shops.connection.ok("@acme \(order(90_000))")
    }

    func testALogThatCannotBeCopiedBackBesideTheChangesStopsItsTenantAlone() throws {
        for fault in ["sync acme/registry.sqlite", "write acme/registry.sqlite", "sync acme/registry.sqlite-wal"] {
            try withShops(pages: 60) { shops in
                try finishCommitsAtOnce(shops)
                try shops.fail(fault)
                var answered: [Int] = []
                for number in 0..<500 {
                    let reply = try shops.connection.ask("@acme \(order(number))")
                    guard reply.ok != nil else {
                        XCTAssertEqual(reply.error?.text, "423 stopped", fault)
                        break
                    }
                    answered.append(number)
                }

                XCTAssertLessThan(answered.count, 500, fault)
                try assertWhole(shops, answered)
            }
        }
    }

    func testACommitThatCannotCopyItsLogBackStopsItsTenantAlone() throws {
        for fault in ["sync acme/registry.sqlite", "sync acme/registry.sqlite-wal"] {
            try withShops(pages: 20) { shops in
                try shops.connection.ok("@acme \(order(0))")
                try finishCommitsAtOnce(shops)
                try shops.fail(fault)

                // So much that its own commit copies the log back, unless somebody is still at that for the one before.
                try shops.connection.ok("use acme")
                var answered = [0]
                for round in 0..<20 {
                    let numbers = (1...40).map { round * 40 + $0 }
                    try shops.connection.ok("batch")
                    for number in numbers { try shops.connection.ok(order(number)) }
                    let reply = try shops.connection.ask("commit")
                    guard reply.ok != nil else {
                        XCTAssertEqual(reply.error?.text, "423 stopped", fault)
                        break
                    }
                    answered += numbers
                }

                XCTAssertLessThan(answered.count, 801, fault)
                try assertWhole(shops, answered)
            }
        }
    }

    func testAnErasureWhoseLogCannotBeCutIsNotAnsweredAsDone() throws {
        for fault in ["sync acme/registry.sqlite", "write acme/registry.sqlite"] {
            try withShops { shops in
                try shops.connection.ok("@acme \(order(0))")
                try shops.fail(fault)

                XCTAssertEqual(try shops.connection.refusal("@acme customer.erase 1"), "423 stopped", fault)

                try assertWhole(shops, [0])
                XCTAssertEqual(try shops.connection.ok("@acme customer.show 1").text("status"), "erased")
            }
        }
    }

    func testALogThatCannotBeCopiedBackAtTheEndStopsItsTenantAndStaysInTheJournal() throws {
        for fault in ["sync acme/registry.sqlite", "sync acme/registry.sqlite-wal"] {
            try withShops(options: ["--open-tenants", "2"]) { shops in
                for number in 0..<3 { try shops.connection.ok("@acme \(order(number))") }
                try shops.fail(fault)

                // Others take its place.
                for name in ["third", "fourth", "fifth"] {
                    try shops.connection.ok("tenant.create \(name) account.invite=false")
                    try shops.connection.ok("@\(name) customer.create name=Ann")
                }

                try assertWhole(shops, [0, 1, 2])
            }
        }
    }
}
