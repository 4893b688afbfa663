import CSystem
import Foundation
import TestSupport
import XCTest

@testable import ControlServer

final class ListeningSocketTests: XCTestCase {
    private var directory: TemporaryDirectory?
    private var folder = ""
    private var path: String { "\(folder)/test.sock" }

    override func setUpWithError() throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        folder = directory.path
    }

    override func tearDownWithError() throws {
        try directory?.remove()
    }

    private func assertBinding(_ path: String, throws expected: ListeningError, line: UInt = #line) {
        assertThrows(expected, line: line) { try ListeningSocket.bind(path: path) }
    }

    private func permissions(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    func testAStaleSocketFileIsReplaced() throws {
        let dead = csystem_unix_socket()
        XCTAssertEqual(csystem_unix_bind(dead, path, path.utf8.count), 0)
        XCTAssertEqual(close(dead), 0)
        XCTAssertTrue(FileManager.default.fileExists(atPath: path))

        let socket = try ListeningSocket.bind(path: path)

        XCTAssertNoThrow(try RawClient(path))
        socket.close()
    }

    func testALiveSocketIsLeftAlone() throws {
        let socket = try ListeningSocket.bind(path: path)

        assertBinding(path, throws: .inUse(path: path))

        XCTAssertNoThrow(try RawClient(path))
        socket.close()
    }

    func testAFileThatIsNotASocketIsLeftAlone() throws {
        try Data("precious".utf8).write(to: URL(filePath: path))

        assertBinding(path, throws: .notASocket(path: path))

        XCTAssertEqual(try String(contentsOfFile: path, encoding: .utf8), "precious")
    }

    func testAPathThatNoAddressHoldsIsRefused() {
        assertBinding("", throws: .unusablePath)
        assertBinding("a\0b", throws: .unusablePath)
        assertBinding(String(repeating: "p", count: 108), throws: .pathTooLong(bytes: 108, limit: 107))
    }

    func testAFolderThatCannotBeMadeIsAnError() throws {
        try Data().write(to: URL(filePath: "\(folder)/file"))

        assertBinding("\(folder)/file/sub/test.sock", throws: .system(call: "mkdir", code: ENOTDIR))
    }

    func testEveryUserMayConnectWhateverTheMask() throws {
        let mask = umask(0o077)
        defer { umask(mask) }
        let nested = "\(folder)/a/b/test.sock"

        let socket = try ListeningSocket.bind(path: nested)

        XCTAssertEqual(try permissions(nested), 0o666)
        XCTAssertEqual(try permissions("\(folder)/a"), 0o755)
        XCTAssertEqual(try permissions("\(folder)/a/b"), 0o755)
        socket.close()
    }

    func testTheFileGoesWithTheSocket() throws {
        let socket = try ListeningSocket.bind(path: path)

        socket.close()
        socket.close()

        XCTAssertFalse(FileManager.default.fileExists(atPath: path))
        XCTAssertEqual(socket.descriptor, -1)
    }

    func testAnInheritedListenerIsTakenOver() throws {
        let bound = try ListeningSocket.bind(path: path)
        let passed = dup(bound.descriptor)

        let socket = try XCTUnwrap(
            ListeningSocket.inherited(process: "\(getpid())", count: "1", descriptor: passed))

        XCTAssertEqual(socket.descriptor, passed)
        XCTAssertEqual(fcntl(passed, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC)
        XCTAssertEqual(fcntl(passed, F_GETFL) & O_NONBLOCK, O_NONBLOCK)
        socket.close()
        XCTAssertTrue(FileManager.default.fileExists(atPath: path))
    }

    func testNothingIsInheritedUnlessItIsMeantForThisProcess() throws {
        XCTAssertNil(try ListeningSocket.inherited(process: nil, count: nil, descriptor: -1))
        XCTAssertNil(try ListeningSocket.inherited(process: "1", count: "1", descriptor: -1))
        XCTAssertNil(try ListeningSocket.inherited(process: "\(getpid())", count: "0", descriptor: -1))
        XCTAssertNil(try ListeningSocket.inherited(process: "\(getpid())", count: "many", descriptor: -1))
    }

    func testAnInheritedDescriptorMustBeOneListener() throws {
        let pid = "\(getpid())"

        assertThrows(ListeningError.inheritedCount(2)) {
            try ListeningSocket.inherited(process: pid, count: "2", descriptor: 0)
        }
        let unconnected = csystem_unix_socket()
        defer { close(unconnected) }
        assertThrows(ListeningError.inheritedIsNoListener) {
            try ListeningSocket.inherited(process: pid, count: "1", descriptor: unconnected)
        }
    }

    func testErrorsReadAsOneLowercaseLine() {
        let errors: [(ListeningError, String)] = [
            (.unusablePath, "the socket path is empty or holds a nul"),
            (.pathTooLong(bytes: 120, limit: 107), "the socket path has 120 bytes, at most 107 are possible"),
            (.inUse(path: "run/a"), "another process answers at run/a"),
            (.notASocket(path: "run/a"), "run/a exists and is not a socket"),
            (.inheritedCount(2), "the service manager passed 2 descriptors, expected 1"),
            (.inheritedIsNoListener, "the inherited descriptor is not a listening unix stream socket"),
            (.system(call: "bind", code: EACCES), "bind: permission denied"),
        ]

        for (error, text) in errors { XCTAssertEqual(error.description, text) }
    }
}
