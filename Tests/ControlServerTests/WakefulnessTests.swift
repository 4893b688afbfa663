import TestSupport
import XCTest

@testable import ControlServer

/// Processors of a virtual machine are kept from its host while somebody is being served.
final class WakefulnessTests: XCTestCase {
    func testProcessorsAreAskedToBeThereAtOnceWhileClientsTalkAndNoLonger() throws {
        try withTemporaryDirectory { root in
            try plantKernel(in: root)
            let wakefulness = try XCTUnwrap(Wakefulness(hold: .milliseconds(500), root: root, processors: 2))
            let running = try RunningServer(wakefulness: wakefulness)
            let client = try running.client()

            for _ in 0..<20 { XCTAssertTrue(client.roundTrip()) }
            XCTAssertEqual(try asked(in: root), [0])

            // 2 ms a time: 20 s at most.
            for _ in 0..<10_000 where try asked(in: root).count == 1 { usleep(2_000) }
            XCTAssertEqual(try asked(in: root), [0, 2_000_000_000])
            XCTAssertTrue(client.roundTrip())
            XCTAssertEqual(try asked(in: root), [0, 2_000_000_000, 0])
            XCTAssertTrue(try running.stop())
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
