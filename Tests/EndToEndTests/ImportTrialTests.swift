import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class ImportTrialTests: XCTestCase {
    /// Tries a table out, sees that it changed nothing, and imports it; both must say the same.
    ///
    /// - Returns: How many customers were created, changed, left as they are and left out, and the reasons told.
    private func tryAndImport(
        _ rows: [String], _ arguments: String = "", on connection: ControlConnection, line: UInt = #line
    ) throws -> (counts: [Int64?], reasons: [String?]) {
        let upload = "upload=\(try connection.ok("upload.begin").text("upload") ?? "")"
        let table = Data(rows.joined(separator: "\n").utf8).base64EncodedString()
        try connection.ok("upload.append \(upload) data=\(table)")
        let customers = try connection.rows("customer.list")

        let trial = try connection.ask("customer.import \(upload) dry_run=true \(arguments)")

        XCTAssertEqual(try connection.rows("customer.list"), customers, line: line)
        let made = try connection.ask("customer.import \(upload) \(arguments)")
        XCTAssertEqual(trial.rows, made.rows, line: line)
        for name in ["rows", "created", "changed", "unchanged", "skipped", "remarks", "charset", "header"] {
            XCTAssertEqual(trial.ok?[name], made.ok?[name], name, line: line)
        }
        XCTAssertEqual(trial.ok?["import"], .null, line: line)
        return (
            ["created", "changed", "unchanged", "skipped"].map { made.ok?.number($0) },
            made.rows.map { $0.text("reason") }
        )
    }

    func testGroupsAndNotesArePredicted() throws {
        try withShop("currency=EUR country=DE account.invite=false groups.exclusive=false") { _, connection in
            try connection.ok("group.create Retail")
            try connection.ok("customer.create email=ann@example.org")
            try connection.ok("group.assign 1 Retail")
            try connection.ok("note.add 1 text=\"likes tea\"")
            let table = [
                "email,groups,note", "ann@example.org,Retail,likes tea", "ann@example.org,Trade,",
                "ann@example.org,trade,", "ann@example.org,,likes cake", "bo@example.org,Trade,tall",
                "bo@example.org,Trade,tall", "bo@example.org,Retail,tall",
            ]

            let (counts, reasons) = try tryAndImport(table, on: connection)

            XCTAssertEqual(counts, [1, 3, 3, 0])
            XCTAssertEqual(reasons, ["repeats-row", "repeats-row"])
            XCTAssertEqual(try tryAndImport(table, on: connection).counts, [0, 0, 7, 0])
        }
    }

    func testAGroupThatExcludesOthersIsPredicted() throws {
        try withShop { _, connection in
            let table = ["email,groups", "ann@example.org,Retail", "ann@example.org,Trade", "bo@example.org,\"A, B\""]

            XCTAssertEqual(try tryAndImport(table, on: connection).counts, [2, 0, 1, 0])
        }
    }

    func testConsentTagsAddressesNumbersAndIdsArePredicted() throws {
        try withShop("currency=EUR country=DE account.invite=false import.consent=take") { _, connection in
            try connection.ok("customer.create email=ann@example.org phone=\"030 123456\"")
            let table = [
                "id,email,name,phone,tags,newsletter,address,city,postcode",
                "7,ann@example.org,Ann,,VIP,yes,Weg 1,Ulm,89073",
                "7,ann@example.org,Ann,030 123456,VIP,no,Weg 1,Ulm,89073",
                "7,ann@example.org,Ann,,\"VIP, New\",no,Weg 2,,",
                "8,bo@example.org,Bo,030 999999,,no,,,",
                "8,,,,,yes,,,",
                ",,Bo,030 999999,Tall,,,,",
                ",,Cy,,,,,,",
            ]

            let (counts, _) = try tryAndImport(table, on: connection)

            XCTAssertEqual(counts.compactMap(\.self).reduce(0, +), 7)
            XCTAssertEqual(counts.first, 1)
        }
    }

    func testPasswordsAreJudgedButNotHashed() throws {
        try withShop("currency=EUR country=DE account.invite=false signin=both") { _, connection in
            let table = ["email,password", "ann@example.org,short", "bo@example.org,long enough to be one"]

            let (counts, reasons) = try tryAndImport(table, on: connection)

            XCTAssertEqual(counts, [2, 0, 0, 0])
            XCTAssertEqual(reasons, ["password-too-short"])
        }
    }

    func testRowsThatRepeatOthersFarAboveArePredicted() throws {
        try withShop { daemon, connection in
            var table = ["email,name,phone"]
            for number in 1...9_000 { table.append("p\(number)@example.org,Person \(number),") }
            for number in 1...1_000 {
                table.append("p\(number)@example.org,,\(number % 2 == 0 ? "" : "030 \(100_000 + number)")")
            }

            XCTAssertEqual(try tryAndImport(table, on: connection).counts, [9_000, 500, 500, 0])

            let drafts = "\(daemon.tenants)/.drafts"
            XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: drafts), [])
        }
    }
}
