internal import Foundation
internal import Hosting

extension OpenLimit {
    /// A tenant has its file open, its log and the log's index.
    private static let descriptorsPerTenant = 3
    /// What connections, readers and everything else take.
    private static let otherDescriptors = 2_048
    /// What a cold tenant takes: mostly the schema, which SQLite keeps for each file.
    private static let bytesPerTenant = 384 << 10
    /// What one takes besides that has had a few orders: its statements, and pages of the file.
    private static let bytesPerWarmTenant = 448 << 10
    /// What everything else takes.
    private static let otherBytes = 64 << 20
    /// The part of the machine's memory that open tenants may take.
    private static let share = 8
    /// At least a few, so that the daemon can work at all.
    private static let least = 16

    /// As much as this machine's descriptors and memory allow, with a third of the memory for what keeps tenants warm.
    ///
    /// - Parameter tenants: How many may be open; nil to have that found out too.
    init(machineWith tenants: Int?) {
        let descriptors = max(0, Descriptors.available - Self.otherDescriptors)
        let memory = min(Self.physicalMemory, Self.allottedMemory ?? .max) / Self.share
        let most = min(descriptors / Self.descriptorsPerTenant, memory / 3 * 2 / Self.bytesPerTenant)
        let tenants = tenants ?? max(Self.least, most)
        let left = memory - min(tenants, memory / Self.bytesPerTenant) * Self.bytesPerTenant
        self.init(
            tenants: tenants, warm: max(Self.least, left / Self.bytesPerWarmTenant),
            descriptors: max(descriptors, Self.least * (Self.descriptorsPerTenant + 1)),
            memory: memory + Self.otherBytes)
    }

    private static var physicalMemory: Int { Int(clamping: ProcessInfo.processInfo.physicalMemory) }

    /// What the service's control group may take; nil where nobody has set a limit.
    ///
    /// https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
    private static var allottedMemory: Int? {
        guard let groups = contents("/proc/self/cgroup"),
            let line = groups.split(separator: "\n").first(where: { $0.hasPrefix("0::") }),
            let limit = contents("/sys/fs/cgroup\(line.dropFirst(3))/memory.max")
        else { return nil }
        // Where there is no limit the file says "max".
        return Int(limit.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private static func contents(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
