internal import CSystem
internal import Glibc

/// What tells a plugin's process, and everything that ever came of it, from all other processes.
///
/// A group is not enough: whoever calls setsid leaves it. Being the reaper of orphans is not either: a mail program's
/// are to be left alone. The mark is inherited whatever a process does.
struct ProcessMark: Sendable, Equatable {
    /// The bits that tell one process of a host from the next.
    private static let serialBits: UInt64 = 24
    private static let serials: UInt64 = 1 << serialBits - 1
    /// No mark is so small that it could be a limit.
    private static let base: UInt64 = 1 << 62

    let rawValue: UInt64
    private let mask: UInt64

    /// The mark of all processes of the host that works on a directory.
    ///
    /// - Returns: Nil when there is no such directory.
    init?(hostOf directory: String) {
        var status = stat()
        guard stat(directory, &status) == 0 else { return nil }
        // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for word in [UInt64(status.st_dev), UInt64(status.st_ino)] {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash = (hash ^ (word >> UInt64(shift) & 0xFF)) &* 0x100_0000_01B3
            }
        }
        rawValue = Self.base | (hash >> 2 & ~Self.serials)
        mask = ~Self.serials
    }

    private init(rawValue: UInt64) {
        self.rawValue = rawValue
        mask = .max
    }

    /// The mark of one process of the host.
    func process(_ serial: UInt64) -> ProcessMark {
        ProcessMark(rawValue: rawValue | serial & Self.serials)
    }

    /// Kills all that have the mark.
    ///
    /// - Returns: How many there were; whoever is killed may just have started another, so ask again until there is none.
    func kill() -> Int {
        Int(csystem_kill_marked(rawValue, mask))
    }
}
