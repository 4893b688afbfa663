import TestSupport
import XCTest

@testable import ControlServer

/// Processors of a virtual machine are kept from its host while somebody is being served.
final class WakefulnessTests: XCTestCase {
    func testProcessorsAreAskedOnceToBeThereWhileClientsTalk() throws {
        try withTemporaryDirectory { root in
            try serve(in: root, hold: .seconds(3_600)) { client in
                for _ in 0..<20 { XCTAssertTrue(client.roundTrip()) }
                XCTAssertEqual(try asked(in: root), [0])
            }
        }
    }

    func testProcessorsMayGoOnceClientsAreSilentAndAreAskedAnewWhenTheyTalk() throws {
        try withTemporaryDirectory { root in
            try serve(in: root, hold: .milliseconds(1)) { client in
                for count in stride(from: 2, through: 6, by: 2) {
                    XCTAssertTrue(client.roundTrip())
                    // 2 ms a time: 20 s at most.
                    for _ in 0..<10_000 where try asked(in: root).count < count { usleep(2_000) }
                }
                usleep(50_000)
                let asked = try asked(in: root)
                XCTAssertGreaterThanOrEqual(asked.count, 6)
                // The client is met four times, and each time by two at most: when it comes and when it is answered.
                XCTAssertLessThanOrEqual(asked.count, 4 * 2 * 2)
                XCTAssertEqual(asked, asked.indices.map { $0 % 2 == 0 ? 0 : 2_000_000_000 })
            }
        }
    }

    func testAMachineWhoseProcessorsStayItsOwnIsLeftAlone() throws {
        try withTemporaryDirectory { root in
            try plantKernel(in: root, driver: "intel_idle\n")
            XCTAssertNil(Wakefulness(hold: .seconds(1), root: root, processors: 2))
            try plantKernel(in: root, driver: "")
            XCTAssertNil(Wakefulness(hold: .seconds(1), root: root, processors: 2))
        }
    }

    func testAMachineOfManyProcessorsIsLeftAlone() throws {
        try withTemporaryDirectory { root in
            try plantKernel(in: root)
            XCTAssertNotNil(Wakefulness(hold: .seconds(1), root: root, processors: 8))
            XCTAssertNil(Wakefulness(hold: .seconds(1), root: root, processors: 9))
        }
    }

    func testWhereItIsNotGrantedNothingIsAsked() throws {
        try withTemporaryDirectory { root in
            XCTAssertNil(Wakefulness(hold: .seconds(1), root: root, processors: 2))
            try plantKernel(in: root)
            try FileManager.default.removeItem(atPath: "\(root)/dev/cpu_dma_latency")
            XCTAssertNil(Wakefulness(hold: .seconds(1), root: root, processors: 2))
        }
    }

    /// Runs `body` with a client of a server that asks the planted kernel.
    private func serve(in root: String, hold: Duration, _ body: (RawClient) throws -> Void) throws {
        try plantKernel(in: root)
        let wakefulness = try XCTUnwrap(Wakefulness(hold: hold, root: root, processors: 2))
        let running = try RunningServer(wakefulness: wakefulness)
        try body(try running.client())
        XCTAssertTrue(try running.stop())
    }

    /// Makes the kernel's files that are looked at; the device is a file that keeps all that is written to it.
    private func plantKernel(in root: String, driver: String = "haltpoll\n") throws {
        let idle = "\(root)/sys/devices/system/cpu/cpuidle"
        for folder in [idle, "\(root)/dev"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        try Data(driver.utf8).write(to: URL(fileURLWithPath: "\(idle)/current_driver"))
        try Data().write(to: URL(fileURLWithPath: "\(root)/dev/cpu_dma_latency"))
    }

    /// The latencies that have been asked for, in microseconds.
    private func asked(in root: String) throws -> [Int32] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(root)/dev/cpu_dma_latency"))
        return stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<start + 4].withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
        }
    }
}
