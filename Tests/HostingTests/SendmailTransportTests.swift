import Foundation
import TestSupport
import XCTest

@testable import Hosting

final class SendmailTransportTests: XCTestCase {
    private let message = Array("To: ann@example.org\n\nHello\n.\nthere\n".utf8)

    override class func setUp() {
        // As the daemon does.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Runs a shell script as the mail program; `$OUT` in it is the folder.
    private func send(
        _ script: String, _ message: [UInt8]? = nil, returnPath: String? = nil, limit: Duration = .seconds(60),
        check: (String) throws -> Void = { _ in }
    ) throws -> MailDelivery {
        try withTemporaryDirectory { folder in
            let program = "\(folder)/sendmail"
            try "#!/bin/sh\nOUT=\(folder)\n\(script)\n".write(toFile: program, atomically: false, encoding: .utf8)
            chmod(program, 0o700)
            let transport = try XCTUnwrap(
                SendmailTransport(command: "\(program) -t -i", limit: limit, grace: .seconds(60)))
            let delivery = transport.send(message ?? self.message, returnPath: returnPath)
            try check(folder)
            return delivery
        }
    }

    func testTheProgramGetsTheMailAndItsArguments() throws {
        let script = "cat > $OUT/mail; echo \"$@\" > $OUT/arguments; pwd > $OUT/place"
        let delivery = try send(script, returnPath: "bounce+t0k@example.de") { folder in
            XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/mail")), Data(self.message))
            XCTAssertEqual(
                try String(contentsOfFile: "\(folder)/arguments", encoding: .utf8), "-t -i -f bounce+t0k@example.de\n")
            XCTAssertEqual(try String(contentsOfFile: "\(folder)/place", encoding: .utf8), "/\n")
        }

        XCTAssertEqual(delivery, .sent)
    }

    func testTheProgramInheritsNothingOfTheDaemon() throws {
        setenv("PATRON_SECRET", "x", 1)
        defer { unsetenv("PATRON_SECRET") }
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }

        let script =
            "cat > /dev/null; env > $OUT/env; ls /proc/$$/fd > $OUT/fd; grep SigIgn /proc/$$/status > $OUT/signals; ps -o pgid= -p $$ > $OUT/group; echo $$ > $OUT/pid"
        let delivery = try send(script) { folder in
            func text(_ name: String) throws -> String {
                try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            }
            XCTAssertFalse(try text("env").contains("PATRON_SECRET"))
            XCTAssertTrue(try text("env").contains("PATH="))
            // The shell holds its script open as 10 or as 255.
            XCTAssertEqual(try text("fd").split(separator: "\n").compactMap { Int($0) }.filter { $0 < 10 }, [0, 1, 2])
            let ignored = try XCTUnwrap(UInt64(text("signals").suffix(17).prefix(16), radix: 16))
            XCTAssertEqual(ignored & (1 << UInt64(SIGPIPE - 1)), 0)
            XCTAssertEqual(try Int(text("group").filter(\.isNumber)), try Int(text("pid").filter(\.isNumber)))
        }

        XCTAssertEqual(delivery, .sent)
    }

    func testAnExitCodeSaysWhatBecameOfTheMail() throws {
        let note = "echo 'mailer: ann@example.org: too busy' >&2; echo more >&2;"

        XCTAssertEqual(
            try send("\(note) exit 75"),
            .temporary(reason: "the mail system cannot take it now (exit 75): mailer: … too busy"))
        XCTAssertEqual(try send("exit 65"), .permanent(reason: "the mail system refused the mail (exit 65)"))
        XCTAssertEqual(
            try send("exit 67"), .permanent(reason: "the mail system does not know the recipient (exit 67)"))
        XCTAssertEqual(try send("exit 78"), .temporary(reason: "the mail program failed (exit 78)"))
        XCTAssertEqual(try send("exit 1"), .temporary(reason: "the mail program failed (exit 1)"))
        XCTAssertEqual(try send("kill -9 $$"), .uncertain(reason: "the mail program ended by signal 9"))
    }

    func testAProgramThatIsNotThereMayComeLater() throws {
        let transport = try XCTUnwrap(SendmailTransport(command: "/no/such/program -t"))

        XCTAssertEqual(
            transport.send(message, returnPath: nil),
            .temporary(reason: "the program cannot be started (error \(ENOENT))"))
    }

    func testACommandWithoutAPathIsRefused() {
        XCTAssertNil(SendmailTransport(command: ""))
        XCTAssertNil(SendmailTransport(command: "sendmail -t"))
    }

    func testAReturnPathThatWouldBeAnOptionIsRefused() throws {
        for path in ["-X/tmp/log@x", "a b@x", "a@x\n-X", "nobody"] {
            XCTAssertEqual(
                try send("exit 0", returnPath: path), .permanent(reason: "malformed return path"), path)
        }
    }

    func testAProgramThatHangsIsEndedWithAllThatItStarted() throws {
        let script = "echo $$ > $OUT/pid; sh -c 'echo $$ >> '$OUT'/pid; exec sleep 1000' & cat > /dev/null; wait"
        var pids: [pid_t] = []
        let delivery = try send(script, limit: .milliseconds(700)) { folder in
            pids = try String(contentsOfFile: "\(folder)/pid", encoding: .utf8).split(separator: "\n").compactMap {
                pid_t($0)
            }
        }

        XCTAssertEqual(delivery, .uncertain(reason: "the mail program was ended after 0.7 seconds"))
        XCTAssertFalse(pids.isEmpty)
        // A signal is sent before it has its effect; 2 ms a time: 20 s at most.
        for pid in pids { for _ in 0..<10_000 where !isGone(pid) { usleep(2_000) } }
        for pid in pids { XCTAssertTrue(isGone(pid), "\(pid)") }
    }

    func testWhatAFinishedProgramLeftRunningGoesOn() throws {
        var pid: pid_t = 0
        let delivery = try send("cat > /dev/null; sleep 1000 & echo $! > $OUT/pid") { folder in
            pid = try XCTUnwrap(pid_t(String(contentsOfFile: "\(folder)/pid", encoding: .utf8).filter(\.isNumber)))
        }
        defer { kill(pid, SIGKILL) }

        XCTAssertEqual(delivery, .sent)
        XCTAssertEqual(kill(pid, 0), 0)
    }

    func testALargeMailToAProgramThatTalksALotAndReadsLateIsDelivered() throws {
        let large = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
        let delivery = try send("head -c 500000 /dev/zero; head -c 500000 /dev/zero >&2; wc -c > $OUT/size", large) {
            folder in
            XCTAssertEqual(try String(contentsOfFile: "\(folder)/size", encoding: .utf8).filter(\.isNumber), "3000000")
        }

        XCTAssertEqual(delivery, .sent)
    }

    func testAProgramThatDoesNotReadTheMailDecidesByItsExitCode() throws {
        let large = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)

        XCTAssertEqual(try send("exit 75", large), .temporary(reason: "the mail system cannot take it now (exit 75)"))
    }

    /// Whether a process has ended; one that nobody collected yet has.
    private func isGone(_ pid: pid_t) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
        return status.contains(") Z ") || status.contains(") X ")
    }

    func testOnceTheDaemonIsToEndAMailInHandIsGivenUpAndNobodyClaimsToKnow() throws {
        try withTemporaryDirectory { folder in
            let program = "\(folder)/sendmail"
            try "#!/bin/sh\necho > \(folder)/started\nexec sleep 600\n".write(
                toFile: program, atomically: false, encoding: .utf8)
            chmod(program, 0o700)
            let transport = try XCTUnwrap(
                SendmailTransport(command: program, limit: .seconds(60), grace: .milliseconds(10)))
            let hasty = Thread {
                // The program says that it runs before it waits.
                for _ in 0..<10_000 where access("\(folder)/started", F_OK) != 0 { usleep(2_000) }
                transport.hurry()
            }
            hasty.start()

            let delivery = transport.send(message, returnPath: nil)

            XCTAssertEqual(delivery, .uncertain(reason: "the mail program was ended with the daemon"))
        }
    }
}
