import CSystem
import Foundation
import StrictJSON
import TestSupport
import XCTest

@testable import ControlClient

final class ControlConnectionTests: XCTestCase {
    func testAnAnswerIsReadUpToItsTerminator() throws {
        let (connection, far) = try Far.pair()
        far.write(
            "* {\"id\":1}\n% {\"done\":1}\n* {\"id\":2}\nOK {\"rows\":2}\nERR 404 no-customer {\"message\":\"none\"}\n")

        let first = try connection.reply()
        let second = try connection.reply()

        XCTAssertEqual(
            first,
            ClientReply(
                rows: [try JSON(parsing: #"{"id":1}"#), try JSON(parsing: #"{"id":2}"#)],
                progress: [try JSON(parsing: #"{"done":1}"#)], ok: try JSON(parsing: #"{"rows":2}"#)))
        let failure = ClientFailure(code: 404, slug: "no-customer", body: try JSON(parsing: #"{"message":"none"}"#))
        XCTAssertEqual(second, ClientReply(error: failure))
        XCTAssertEqual(failure.message, "none")
        far.close()
    }

    func testEventsWithinAnAnswerAreKeptApart() throws {
        let (connection, far) = try Far.pair()
        far.write("* {}\n! 12 order.registered {\"order\":88}\nOK {}\n")

        let reply = try connection.reply()

        XCTAssertEqual(reply, ClientReply(rows: [.object([])], ok: .object([])))
        let event = ClientEvent(seq: 12, topic: "order.registered", body: try JSON(parsing: #"{"order":88}"#))
        XCTAssertEqual(connection.events, [event])
        far.close()
    }

    func testAJSONResponseIsAReplyToo() throws {
        let (connection, far) = try Far.pair()
        far.write(#"{"jsonrpc":"2.0","method":"row","params":{"id":1,"row":{"text":"a"}}}"# + "\n")
        far.write(#"{"jsonrpc":"2.0","id":1,"result":{"rows":1}}"# + "\n")
        far.write(
            #"{"jsonrpc":"2.0","id":2,"error":{"code":409,"message":"no","data":{"slug":"conflict","rev":3}}}"# + "\n")

        let first = try connection.reply()
        let second = try connection.reply()

        XCTAssertEqual(
            first, ClientReply(rows: [try JSON(parsing: #"{"text":"a"}"#)], ok: try JSON(parsing: #"{"rows":1}"#)))
        let failure = ClientFailure(code: 409, slug: "conflict", body: try JSON(parsing: #"{"message":"no","rev":3}"#))
        XCTAssertEqual(second, ClientReply(error: failure))
        far.close()
    }

    func testALineMayHaveAnyLength() throws {
        let (connection, far) = try Far.pair()
        far.answer { "OK {\"text\":\"\($0)\"}\n" }
        let text = String(repeating: "z", count: 3 << 20)

        let reply = try connection.ask(text)

        XCTAssertEqual(reply.ok?["text"]?.stringValue?.utf8.count, text.utf8.count)
    }

    func testSendingDoesNotWaitForAnAnswerToBeRead() throws {
        let (connection, far) = try Far.pair()
        let text = String(repeating: "z", count: 100_000)
        far.answer { "* {\"text\":\"\($0)\"}\nOK {}\n" }

        for _ in 0..<40 { try connection.send(text) }

        for _ in 0..<40 { XCTAssertEqual(try connection.reply().rows.count, 1) }
    }

    func testAnAnswerCutOffIsALostConnection() throws {
        let (connection, far) = try Far.pair()
        far.write("* {}\nOK {}")
        far.close()

        XCTAssertThrowsError(try connection.reply()) { XCTAssertEqual($0 as? ClientError, .connectionLost) }
        XCTAssertNil(try connection.readLine())
    }

    func testWhatTheDaemonSaysBeforeItHangsUpIsRead() throws {
        let (connection, far) = try Far.pair()
        far.write("ERR 503 draining {}\n")
        far.close()

        XCTAssertEqual(try connection.ask("hello").error?.slug, "draining")
    }

    func testALineOfNoProtocolIsNamed() throws {
        let (connection, far) = try Far.pair()
        far.write("HTTP/1.1 200 OK\n")

        XCTAssertThrowsError(try connection.reply()) {
            XCTAssertEqual($0 as? ClientError, .unknownAnswer("HTTP/1.1 200 OK"))
        }
        far.close()
    }

    func testAPathThatCannotBeConnectedToSaysWhy() throws {
        let long = String(repeating: "x", count: 200)
        XCTAssertEqual(connecting(to: ""), .unusablePath)
        XCTAssertEqual(connecting(to: long), .pathTooLong(bytes: 200, limit: 107))

        try withTemporaryDirectory { directory in
            let path = "\(directory)/s"
            XCTAssertEqual(connecting(to: path), .noSocket(path: path))

            let descriptor = csystem_unix_socket()
            defer { close(descriptor) }
            XCTAssertEqual(csystem_unix_bind(descriptor, path, path.utf8.count), 0)
            XCTAssertEqual(connecting(to: path), .connectionRefused(path: path))

            XCTAssertEqual(listen(descriptor, 1), 0)
            XCTAssertNil(connecting(to: path))
        }
    }

    func testAFileIsUploadedInPieces() throws {
        let (connection, far) = try Far.pair()
        far.answer { line in
            let words = line.split(separator: " ")
            switch words[1] {
            case "upload.begin": return "OK {\"upload\":\"u1\"}\n"
            case "upload.append" where line.utf8.count <= 512 << 10 && words[2] == "u1": return "OK {}\n"
            default: return "ERR 400 syntax {\"message\":\"\(words[1])\"}\n"
            }
        }
        try withTemporaryDirectory { directory in
            let path = "\(directory)/file"
            try Data(count: 800_000).write(to: URL(fileURLWithPath: path))

            let arguments = try connection.uploadingFiles(in: ["mode=skip-bad", "upload=@\(path)"], tenant: "acme")

            XCTAssertEqual(arguments, ["mode=skip-bad", "upload=u1"])
        }
    }

    func testAFileThatCannotBeReadIsNotUploaded() throws {
        let (connection, far) = try Far.pair()

        XCTAssertThrowsError(try connection.uploadingFiles(in: ["upload=@/none/such"], tenant: nil)) {
            XCTAssertEqual($0 as? ClientError, .unreadableFile(path: "/none/such", code: ENOENT))
        }
        far.close()
    }

    func testARefusedUseIsAnError() throws {
        let (connection, far) = try Far.pair()
        far.answer { "ERR 404 no-tenant {\"message\":\(JSON.string($0).text)}\n" }

        XCTAssertThrowsError(try connection.use("acme", staff: "lena k")) {
            let body = JSON.object([JSON.Member(name: "message", value: .string(#"use acme as="lena k""#))])
            let failure = ClientFailure(code: 404, slug: "no-tenant", body: body)
            XCTAssertEqual($0 as? ClientError, .refused(failure))
        }
    }

    private func connecting(to path: String) -> ClientError? {
        do {
            _ = try ControlConnection(path: path)
            return nil
        } catch {
            return error
        }
    }
}
