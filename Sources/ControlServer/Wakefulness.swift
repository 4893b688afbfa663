import Glibc
import Synchronization

/// Keeps a virtual machine's processors with it while clients are being served.
///
/// One with nothing to do is given back to the machine's host, and takes 30 to 50 µs to come when it is called; a small
/// request meets that up to four times on its way, for its sync and between threads and client. As long as the kernel is
/// asked for a latency of 0, processors look for work instead: https://docs.kernel.org/power/pm_qos_interface.html
public final class Wakefulness: Sendable {
    /// In microseconds, 32 bits each.
    private static let none: Int32 = 0
    /// What the kernel takes where nobody asks for anything.
    private static let any: Int32 = 2_000_000_000
    /// Of all of them that is asked for: where there are more, one request would keep too many.
    private static let mostProcessors = 8

    /// So long nothing has to happen before processors may go again.
    let hold: Duration
    private let device: Int32
    private let isHeld = Atomic(false)

    /// For the machine that this runs on; nil where it would be of no use or is not granted.
    ///
    /// - Parameters:
    ///   - hold: So long nothing has to happen before processors may go again; above 0.
    ///   - root: Where the kernel's files are.
    ///   - processors: How many the machine has; nil to have that found out.
    public init?(hold: Duration, root: String = "", processors: Int? = nil) {
        // What idles that way gives its processor back: https://docs.kernel.org/virt/guest-halt-polling.html
        guard processors ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)) <= Self.mostProcessors,
            Self.line("\(root)/sys/devices/system/cpu/cpuidle/current_driver") == "haltpoll"
        else { return nil }
        device = open("\(root)/dev/cpu_dma_latency", O_WRONLY | O_CLOEXEC)
        guard device >= 0 else { return nil }
        self.hold = hold
    }

    deinit { close(device) }

    /// Something happens; to be called by one thread, as ``rest()``.
    func keep() {
        guard !isHeld.load(ordering: .relaxed) else { return }
        isHeld.store(ask(for: Self.none), ordering: .relaxed)
    }

    /// Nothing has happened for long enough.
    func rest() {
        guard isHeld.load(ordering: .relaxed) else { return }
        isHeld.store(!ask(for: Self.any), ordering: .relaxed)
    }

    /// How long to wait for something to happen before ``rest()`` is due; nil where it is not.
    var waitingTime: Duration? { isHeld.load(ordering: .relaxed) ? hold : nil }

    private func ask(for latency: Int32) -> Bool {
        withUnsafeBytes(of: latency) { write(device, $0.baseAddress, $0.count) == $0.count }
    }

    /// The only line of a short file; nil when it cannot be read.
    private static func line(_ path: String) -> Substring? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self).prefix { !$0.isNewline } : nil
    }
}
