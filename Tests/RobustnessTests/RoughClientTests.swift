import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class RoughClientTests: XCTestCase {
    /// A ClientHello's first bytes, https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2.
    private static let hello: [UInt8] = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]

    func testAClientThatNeverReadsIsClosedAndOthersAreServed() throws {
        try withShop { daemon in
            try fillForBigAnswers(daemon)
            let client = try RawClient(daemon.socket)
            let other = try daemon.connect(to: "acme")

            for _ in 0..<64 { client.write("@acme note.list 1 limit=1000\n") }
            for _ in 0..<20 { XCTAssertNil(try other.ask("customer.show 1").error) }

            XCTAssertTrue(client.waitForHangUp())
            XCTAssertNil(try other.ask("customer.show 1").error)
            XCTAssertLessThan(client.readToEnd().count, 9 << 20)
        }
    }

    func testAClientThatSendsByteByByteIsAnswered() throws {
        try withShop { daemon in
            let client = try RawClient(daemon.socket)
            let other = try daemon.connect()

            let lines =
                "@acme customer.create name=\"Jörg\"\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"hello\"}\n"

            for byte in lines.utf8 {
                client.write([byte])
                // An answered request in between: the byte has been read by then.
                XCTAssertNil(try other.ask("hello").error)
            }

            XCTAssertEqual(client.readLine()?.contains("\"name\":\"Jörg\""), true)
            XCTAssertEqual(client.readLine()?.hasPrefix("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{"), true)
        }
    }

    func testAForeignProtocolIsHungUpOn() throws {
        try withShop { daemon in
            for bytes in [
                Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), Array("POST /rpc HTTP/1.0\n\n".utf8),
                Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8), Self.hello + [0x0A],
            ] {
                let client = try RawClient(daemon.socket)

                client.write(bytes)

                XCTAssertEqual(client.readToEnd(), [])
            }
        }
    }

    func testATLSHelloWithoutALineFeedIsHungUpOn() throws {
        try withShop { daemon in
            let client = try RawClient(daemon.socket)

            client.write(Self.hello + [UInt8](repeating: 0x55, count: 506))

            XCTAssertTrue(client.waitForHangUp(seconds: 5))
        }
    }

    func testClientsThatLeaveAtOnceAreForgotten() throws {
        try withShop { daemon in
            for round in 0..<300 {
                let client = try RawClient(daemon.socket)
                // Half of them go while a request is under way.
                if round.isMultiple(of: 2) {
                    client.write("@acme customer.create name=A\(round)\n@acme customer.list\n")
                }
            }
            let connection = try daemon.connect()

            // The daemon may need a while for what they asked: 2 ms a time, 10 s at most.
            var open: Int64?
            for _ in 0..<5_000 where open != 1 {
                open = try connection.ask("stats").ok?["connections"]?.integerValue
                usleep(2_000)
            }

            XCTAssertEqual(open, 1)
        }
    }

    /// Notes of which a page is 300 kB.
    private func fillForBigAnswers(_ daemon: RunningDaemon) throws {
        let connection = try daemon.connect(to: "acme")
        XCTAssertNil(try connection.ask("customer.create name=Ann").error)
        for _ in 0..<5 {
            XCTAssertNil(try connection.ask("note.add 1 text=\(String(repeating: "x", count: 60_000))").error)
        }
    }
}
