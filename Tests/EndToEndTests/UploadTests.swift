import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class UploadTests: XCTestCase {
    func testAnUploadGrowsPieceByPieceAndIsDropped() throws {
        try withShop { _, connection in
            XCTAssertEqual(try connection.ok("upload.begin").text("upload"), "u1")
            XCTAssertEqual(try connection.ok("upload.append u1 data=\(Self.base64("Name;"))")["bytes"], .number("5"))
            XCTAssertEqual(try connection.ok("upload.append u1 data=\(Self.base64("Ort\n"))")["bytes"], .number("9"))

            XCTAssertEqual(try connection.ok("upload.drop u1").text("dropped"), "u1")

            XCTAssertEqual(try connection.refusal("upload.append u1 data=QQ=="), "404 no-upload")
        }
    }

    func testAnUploadBelongsToItsConnectionAndItsTenant() throws {
        try withShop { daemon, connection in
            try connection.ok("tenant.create other")
            try connection.ok("upload.begin")

            XCTAssertEqual(try daemon.connect(to: "acme").refusal("upload.append u1 data=QQ=="), "404 no-upload")
            XCTAssertEqual(try connection.refusal("@other upload.append u1 data=QQ=="), "404 no-upload")
            XCTAssertEqual(try connection.ok("upload.append u1 data=QQ==")["bytes"], .number("1"))
        }
    }

    func testWhatIsNotBase64IsRefusedAndLeavesTheUploadAsItWas() throws {
        try withShop { _, connection in
            try connection.ok("upload.begin")
            try connection.ok("upload.append u1 data=QUJD")

            XCTAssertEqual(try connection.refusal("upload.append u1 data=Q?=="), "400 bad-value")

            XCTAssertEqual(try connection.ok("upload.append u1 data=QUJD")["bytes"], .number("6"))
        }
    }

    func testAConnectionHoldsAFewUploadsOnly() throws {
        try withShop { _, connection in
            for _ in 1...8 { try connection.ok("upload.begin") }

            XCTAssertEqual(try connection.refusal("upload.begin"), "429 quota")

            try connection.ok("upload.drop u3")
            XCTAssertEqual(try connection.ok("upload.begin").text("upload"), "u9")
        }
    }

    func testPiecesThatArePipelinedKeepTheirOrder() throws {
        try withShop { daemon, _ in
            let client = try RawClient(daemon.socket)
            var lines = "use acme\nupload.begin\n"
            for _ in 1...200 { lines += "upload.append u1 data=QUI=\nwhoami\n" }
            client.write(lines)

            let bytes = client.readLines(402).filter { $0.contains("\"bytes\"") }

            XCTAssertEqual(bytes.count, 201)
            XCTAssertEqual(bytes.last, #"OK {"upload":"u1","bytes":400}"#)
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
