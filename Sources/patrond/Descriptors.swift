internal import Foundation

/// How many files may be open, and what that allows.
enum Descriptors {
    /// A tenant takes up to this many: file, log and index for the writer and for its readers.
    private static let perTenant = 15
    /// What connections and everything else take.
    private static let others = 2_048

    /// Asks the kernel for as many as it gives.
    static func raiseLimit() {
        var limit = current
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// How many tenants may be open at a time.
    static var openTenants: Int {
        let available = Int(clamping: current.rlim_cur) - others
        return min(1_000, max(16, available / perTenant))
    }

    private static var current: rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }
}
