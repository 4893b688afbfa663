internal import Registry
internal import Synchronization

/// The looks into a shop that are noted in memory and not yet in its registry, so that looking costs no commit.
final class AuditTrail: Sendable {
    private let looks = Mutex<[AuditLooks.Key: AuditLooks]>([:])

    /// Adds a look.
    ///
    /// - Returns: Whether it is the first that waits.
    func add(_ key: AuditLooks.Key, _ subjects: AuditSubjects, at instant: Instant) -> Bool {
        looks.withLock { looks in
            let isFirst = looks.isEmpty
            looks[key, default: AuditLooks(from: instant)].add(subjects, at: instant)
            return isFirst
        }
    }

    /// Takes out what waits.
    func take() -> [AuditLooks.Key: AuditLooks] {
        looks.withLock { looks in
            defer { looks = [:] }
            return looks
        }
    }

    /// Keeps what could not be written.
    func putBack(_ taken: [AuditLooks.Key: AuditLooks]) {
        looks.withLock { looks in
            looks.merge(taken) { newer, older in
                var joined = older
                joined.add(newer)
                return joined
            }
        }
    }
}

/// The tenants of which looks are not yet written down.
final class UnwrittenLooks: Sendable {
    private let tenants = Mutex<[TenantName: Tenant]>([:])

    /// Takes out all of them.
    func take() -> [Tenant] {
        tenants.withLock { tenants in
            defer { tenants = [:] }
            return Array(tenants.values)
        }
    }

    func add(_ tenant: Tenant) {
        tenants.withLock { $0[tenant.name] = tenant }
    }
}
