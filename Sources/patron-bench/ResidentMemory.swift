import Foundation

/// What a process holds in memory, as the kernel counts it.
///
/// https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
struct ResidentMemory: CustomStringConvertible {
    /// VmRSS: all resident pages, in KiB.
    let resident: Int
    /// RssAnon: those that are no file's, in KiB.
    let anonymous: Int

    /// - Throws: ``BenchError/unreadableStatus(path:)``.
    init(of pid: pid_t) throws(BenchError) {
        let path = "/proc/\(pid)/status"
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadableStatus(path: path) }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
        func value(_ name: String) throws(BenchError) -> Int {
            let words = lines.first { $0.hasPrefix("\(name):") }?.split(whereSeparator: \.isWhitespace) ?? []
            guard words.count == 3, let value = Int(words[1]) else { throw .unreadableStatus(path: path) }
            return value
        }
        resident = try value("VmRSS")
        anonymous = try value("RssAnon")
    }

    /// ``resident`` in whole MiB, rounded up.
    var residentMB: Int { (resident + 1023) / 1024 }

    var description: String { "VmRSS \(resident) kB, RssAnon \(anonymous) kB" }
}
