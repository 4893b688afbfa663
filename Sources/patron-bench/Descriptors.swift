import Foundation

/// How many files this program may have open: a client each, and a tenant's files.
enum Descriptors {
    /// Asks the kernel for as many as it gives.
    static func raiseLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
