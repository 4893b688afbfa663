import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class MoveTests: XCTestCase {
    func testATenantMovesToAnotherHostWithEverythingItHas() throws {
        try withShop("account.invite=false signin=both") { daemon, connection in
            try Self.fill(connection)
            let token = try XCTUnwrap(connection.ok("token.create role=reader").text("token"))
            try connection.ok("customer.create name=Gone email=gone@example.org")
            try connection.ok("customer.erase 3")
            let root = try daemon.connect()
            try root.ok("tenant.archive name=acme")

            let file = try Self.export("acme", root)

            try withTemporaryDirectory { directory in
                let other = try RunningDaemon(in: directory)
                let there = try other.connect()
                let report = try there.ok("tenant.import upload=\(Self.upload(file, there))")
                XCTAssertEqual(report.text("name"), "acme")
                XCTAssertEqual(report.number("customers"), 3)
                XCTAssertEqual(report["warnings"], .array([]))
                XCTAssertEqual(try there.ok("@acme tenant.verify")["ok"], .bool(true))
                XCTAssertEqual(try there.ok("@acme tenant.show").text("title"), "Acme Ltd")
                XCTAssertEqual(try other.connect().ok("auth \(token)").text("role"), "reader")
                XCTAssertEqual(other.stop(), .exited(0))
                XCTAssertEqual(daemon.stop(), .exited(0))
                let before = try TableDump(path: "\(daemon.tenants)/.archive/acme/registry.sqlite") { _ in true }
                let after = try TableDump(path: "\(other.tenants)/acme/registry.sqlite") { _ in true }
                // Only the journal knows the file by another key.
                XCTAssertEqual(
                    before.rows.filter { $0.key != "applied" }, after.rows.filter { $0.key != "applied" })
                XCTAssertEqual(
                    FileManager.default.contents(atPath: "\(daemon.tenants)/.archive/acme/restore.ledger"),
                    FileManager.default.contents(atPath: "\(other.tenants)/acme/restore.ledger"))
            }
        }
    }

    func testATenantCanBeCopiedUnderAnotherNameAndSaysWhatIsDifferentThere() throws {
        try withShop { _, connection in
            try Self.fill(connection)
            try connection.ok("message.send customer=1 subject=Hello text=Hi")
            try connection.ok("token.create role=reader")
            let file = try Self.export("acme", connection)
            XCTAssertEqual(
                try connection.refusal("tenant.import upload=\(Self.upload(file, connection))"), "409 tenant-exists")

            let report = try connection.ok("tenant.import upload=\(Self.upload(file, connection)) name=copy")

            XCTAssertEqual(
                report["warnings"],
                .array([
                    .string("tokens name the tenant acme and open nothing here; make new ones"),
                    .string("it was at work when it was exported: mails that wait are uncertain"),
                ]))
            XCTAssertEqual(try connection.rows("@copy message.outbox").map { $0.text("state") }, ["uncertain"])
            XCTAssertEqual(try connection.rows("@copy customer.list").count, 2)
            try connection.ok("@copy customer.create name=Dee")
            XCTAssertEqual(try connection.rows("customer.list").count, 2)
        }
    }

    func testADamagedFileMakesNoTenant() throws {
        try withShop { daemon, connection in
            try Self.fill(connection)
            let file = try Self.export("acme", connection)
            let newer =
                Data(
                    String(decoding: file.prefix { $0 != 0x0A }, as: UTF8.self)
                        .replacing("\"patron\":1", with: "\"patron\":2").utf8) + file.drop { $0 != 0x0A }
            var changed = file
            changed[file.count / 2] ^= 0x40
            var header = file
            header[header.firstRange(of: Data("Acme Ltd".utf8))?.lowerBound ?? 0] ^= 0x01

            for (data, refusal) in [
                (Data(), "422 damaged-export"), (Data("hello\n".utf8), "422 damaged-export"),
                (file.dropLast(1), "422 damaged-export"), (file + Data([0]), "422 damaged-export"),
                (changed, "422 damaged-export"), (header, "422 damaged-export"), (newer, "423 newer-file"),
                (Data(file.prefix(500)), "422 damaged-export"),
            ] {
                let upload = try Self.upload(Data(data), connection)
                XCTAssertEqual(try connection.refusal("tenant.import upload=\(upload) name=copy"), refusal)
                try connection.ok("upload.drop \(upload)")
            }
            XCTAssertEqual(try connection.refusal("tenant.import upload=u99"), "404 no-upload")
            XCTAssertEqual(try connection.refusal("tenant.export name=nobody"), "404 no-tenant")

            XCTAssertEqual(try connection.rows("tenant.list").map { $0.text("name") }, ["acme"])
            XCTAssertEqual(
                try FileManager.default.contentsOfDirectory(atPath: "\(daemon.tenants)/.drafts"), [])
        }
    }

    private static func fill(_ connection: ControlConnection) throws {
        try connection.ok(#"tenant.set title="Acme Ltd""#)
        try connection.ok("customer.create name=Ann email=ann@example.org")
        try connection.ok("consent.subscribe 1 wording=v1")
        try connection.ok("consent.unsubscribe 1")
        try connection.ok("coupon.create code=SPRING percent=10 limit=2")
        try connection.ok("tag.assign customer=1 tag=VIP")
        try connection.ok(
            #"order.register channel=pos ext=1 customer={"email":"bo@example.org"} total=4.20 coupon=SPRING details={"register":"7","receipt":"1"}"#
        )
        try connection.ok(
            #"order.register channel=booking ext=b customer=1 total=25.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin"}"#
        )
    }

    private static func export(_ name: String, _ connection: ControlConnection) throws -> Data {
        try connection.rows("tenant.export name=\(name)").reduce(into: Data()) { file, row in
            file += try XCTUnwrap(Data(base64Encoded: row.text("data") ?? ""))
        }
    }

    private static func upload(_ file: Data, _ connection: ControlConnection) throws -> String {
        let upload = try XCTUnwrap(connection.ok("upload.begin").text("upload"))
        for start in stride(from: 0, to: file.count, by: 300_000) {
            let piece = file.dropFirst(start).prefix(300_000).base64EncodedString()
            try connection.ok("upload.append \(upload) data=\(piece)")
        }
        return upload
    }
}
