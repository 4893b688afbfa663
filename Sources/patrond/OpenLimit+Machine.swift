internal import Foundation
internal import Hosting

extension OpenLimit {
    /// A tenant has its file open and its log's index.
    private static let descriptorsPerTenant = 2
    /// What readers and everything else take; a connection takes one besides, for the log where it is.
    private static let otherDescriptors = 2_048
    /// What a connection takes at most that has read a schema, has compiled all that an order needs, and has 2 MB of a big
    /// file; a third of it where the files are small.
    private static let bytesPerConnection = 3_700_000
    /// The part of the machine's memory that connections may take.
    private static let share = 8
    /// At least a few, so that the daemon can work at all.
    private static let least = 16

    /// As much as this machine's descriptors and memory allow.
    ///
    /// - Parameters:
    ///   - tenants: How many may be open; nil to have that found out too.
    ///   - connections: How many may change something; nil likewise.
    init(tenants: Int?, connections: Int?) {
        let memory = min(Self.physicalMemory, Self.allottedMemory ?? .max) / Self.share
        let connections = connections ?? max(Self.least, memory / Self.bytesPerConnection)
        let descriptors = max(0, Descriptors.available - Self.otherDescriptors - connections)
        self.init(
            tenants: tenants ?? max(Self.least, descriptors / Self.descriptorsPerTenant), connections: connections,
            descriptors: max(descriptors, Self.least * (Self.descriptorsPerTenant + 1)))
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
