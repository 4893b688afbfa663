import ControlClient
import Foundation
import TestSupport
import XCTest

final class SecondDaemonTests: XCTestCase {
    func testASecondDaemonOnTheSameTenantsIsRefused() throws {
        try withShop { daemon in
            let (end, complaints) = try serve(
                tenants: daemon.tenants, socket: "\(daemon.directory)/second.sock", in: daemon.directory)

            XCTAssertEqual(end, .exited(1))
            XCTAssertEqual(complaints, "patrond: another daemon works on \(daemon.tenants)\n")
            XCTAssertFalse(FileManager.default.fileExists(atPath: "\(daemon.directory)/second.sock"))
        }
    }

    func testASecondDaemonOnTheSameSocketIsRefused() throws {
        try withShop { daemon in
            let (end, complaints) = try serve(
                tenants: "\(daemon.directory)/others", socket: daemon.socket, in: daemon.directory)

            XCTAssertEqual(end, .exited(1))
            XCTAssertEqual(complaints, "patrond: another process answers at \(daemon.socket)\n")
        }
    }

    func testAFileThatIsNoSocketIsLeftAlone() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/precious"
            XCTAssertTrue(FileManager.default.createFile(atPath: path, contents: Data("mine".utf8)))

            let (end, complaints) = try serve(tenants: "\(directory)/tenants", socket: path, in: directory)

            XCTAssertEqual(end, .exited(1))
            XCTAssertEqual(complaints, "patrond: \(path) exists and is not a socket\n")
            XCTAssertEqual(FileManager.default.contents(atPath: path), Data("mine".utf8))
        }
    }

    func testAStaleSocketIsReplacedAfterAKill() throws {
        try withTemporaryDirectory { directory in
            let first = try RunningDaemon(in: directory)
            first.kill()
            XCTAssertTrue(FileManager.default.fileExists(atPath: first.socket))
            XCTAssertThrowsError(try ControlConnection(path: first.socket)) { error in
                XCTAssertEqual(error as? ClientError, .connectionRefused(path: first.socket))
            }

            let second = try RunningDaemon(in: directory)

            XCTAssertNil(try second.connect().ask("hello").error)
            XCTAssertEqual(second.stop(), .exited(0))
            XCTAssertFalse(FileManager.default.fileExists(atPath: second.socket))
        }
    }

    /// Runs a daemon that is to end by itself.
    private func serve(
        tenants: String, socket: String, in directory: String
    ) throws -> (end: ChildProcess.End, complaints: String) {
        let errors = "\(directory)/complaints"
        let process = try ChildProcess(
            [Products.path(of: "patrond"), "serve", "--tenants", tenants, "--socket", socket], errors: errors)
        return (process.wait(), try String(contentsOfFile: errors, encoding: .utf8))
    }
}
