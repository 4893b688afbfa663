import CSystem
import ControlClient
import Foundation
import TestSupport
import XCTest

/// What a service manager hands over and is told.
///
/// https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html
final class ServiceManagerTests: XCTestCase {
    func testAnInheritedSocketServesWhoConnectedBeforeTheStart() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/activated.sock"
            let listener = try bound(path, SOCK_STREAM)
            defer { close(listener) }
            XCTAssertEqual(listen(listener, 8), 0)
            let early = try ControlConnection(path: path)
            try early.send("hello")

            // The shell hands its standard input on as descriptor 3 and keeps its process id in exec.
            let process = try ChildProcess(
                [
                    "/bin/sh", "-c", "exec 3<&0 </dev/null; LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" \"$@\"",
                    Products.path(of: "patrond"), "serve", "--tenants", "\(directory)/tenants", "--socket",
                    "\(directory)/unused.sock",
                ], input: listener, errors: "\(directory)/log")

            XCTAssertNil(try early.reply().error)
            XCTAssertNil(try ControlConnection(path: path).ask("tenant.create name=acme").error)
            XCTAssertFalse(FileManager.default.fileExists(atPath: "\(directory)/unused.sock"))
            process.signal(SIGTERM)
            XCTAssertEqual(process.wait(), .exited(0))
            XCTAssertTrue(FileManager.default.fileExists(atPath: path))
        }
    }

    func testVariablesForAnotherProcessAreIgnored() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory, environment: ["LISTEN_PID": "1", "LISTEN_FDS": "1"])

            XCTAssertNil(try daemon.connect().ask("hello").error)
        }
    }

    func testReadinessAndTheEndAreToldToTheServiceManager() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/notify"
            let descriptor = try bound(path, SOCK_DGRAM)
            defer { close(descriptor) }
            var patience = timeval(tv_sec: 20, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))

            let daemon = try RunningDaemon(in: directory, environment: ["NOTIFY_SOCKET": path])

            XCTAssertEqual(message(from: descriptor), "READY=1\nSTATUS=serving \(daemon.socket)")
            XCTAssertEqual(daemon.stop(), .exited(0))
            XCTAssertEqual(message(from: descriptor), "STOPPING=1")
        }
    }

    private func bound(_ path: String, _ type: __socket_type) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0, csystem_unix_bind(descriptor, path, path.utf8.count) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        return descriptor
    }

    private func message(from descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let length = recv(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, length)), as: UTF8.self)
    }
}
