import Foundation

/// How much of the processors' time the host of a virtual machine gave to others, as the kernel counts it.
///
/// Nothing that is measured while much of it went can be compared with anything.
/// https://man7.org/linux/man-pages/man5/proc_stat.5.html
struct StolenTime: Equatable {
    /// All of the processors' time since the machine started, in ticks.
    private(set) var all: UInt64 = 0
    /// What of it was stolen, in ticks.
    private(set) var stolen: UInt64 = 0

    /// What the kernel has counted by now; nothing where it does not tell.
    static var now: StolenTime {
        FileManager.default.contents(atPath: "/proc/stat").map { StolenTime(in: String(decoding: $0, as: UTF8.self)) }
            ?? StolenTime()
    }

    private init() {}

    /// - Parameter text: What /proc/stat says.
    init(in text: String) {
        let words = text.split(separator: "\n").first?.split(separator: " ") ?? []
        // user, nice, system, idle, iowait, irq, softirq, steal; what follows is part of user and nice.
        let ticks = words.dropFirst().prefix(8).compactMap { UInt64($0) }
        guard words.first == "cpu", ticks.count == 8 else { return }
        all = ticks.reduce(0, +)
        stolen = ticks[7]
    }

    /// What share of the time since then was stolen, in percent; 0 where no time has passed.
    func percent(since start: StolenTime) -> Int {
        guard all > start.all, stolen >= start.stolen else { return 0 }
        return Int((Double(stolen - start.stolen) / Double(all - start.all) * 100).rounded())
    }
}
