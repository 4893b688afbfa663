import Foundation
import XCTest

/// Descriptors that a test takes away from everybody else in the process.
final class Descriptors {
    private var taken: [Int32] = []
    private var former = rlimit()
    private var isLimited = false

    /// Takes every descriptor that is free; what others give back they may use again.
    func takeAll() throws {
        XCTAssertEqual(getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former), 0)
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { rlim_t($0) }
        var limit = former
        limit.rlim_cur = (open.max() ?? 0) + 1
        XCTAssertEqual(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit), 0)
        isLimited = true
        while true {
            let descriptor = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return }
            taken.append(descriptor)
        }
    }

    /// Lets everybody have them again.
    func giveBack() {
        if isLimited { setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &former) }
        for descriptor in taken { close(descriptor) }
        (taken, isLimited) = ([], false)
    }
}
