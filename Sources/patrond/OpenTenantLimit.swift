internal import Foundation

/// How many tenants may be open at a time: as many as descriptors and memory allow.
enum OpenTenantLimit {
    /// A tenant has its file open, its log and the log's index, and SQLite keeps one that a reader has had.
    private static let descriptorsPerTenant = 4
    /// What connections, readers and everything else take.
    private static let otherDescriptors = 2_560
    /// What a tenant takes that has had a few orders: mostly the schema, which SQLite keeps for each file.
    private static let bytesPerTenant = 768 << 10
    /// The part of the machine's memory that open tenants may take.
    private static let share = 8

    /// At least a few, so that the daemon can work at all.
    static var standard: Int { max(16, min(byDescriptors, byMemory)) }

    private static var byDescriptors: Int {
        (Descriptors.available - otherDescriptors) / descriptorsPerTenant
    }

    private static var byMemory: Int { min(physicalMemory, allottedMemory ?? .max) / share / bytesPerTenant }

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
