public import Registry
internal import Storage
internal import Synchronization

/// What a tenant may take of its host; the operator is to be asked nothing of this.
extension Tenant {
    /// Counts requests that are about to be carried out.
    ///
    /// - Throws: ``LimitError/requests(limit:retryAfter:)``; none of them is counted then.
    public func admit(requests count: Int) throws(LimitError) { try quota.admit(requests: count) }

    /// Refuses what makes the registry bigger while it takes all it may take.
    ///
    /// - Throws: ``LimitError/bytes(limit:)``.
    public func admitGrowth() throws(LimitError) { try quota.admitGrowth() }

    /// Bytes of the registry's file and its log when last looked at, without what was free inside then; 0 before the
    /// first look.
    public var bytes: Int64 { quota.bytes }

    /// Goes on with a changed configuration.
    func adopt(_ profile: TenantProfile) {
        state.withLock { $0.profile = profile }
        quota.adopt(profile.shop.policies.limits)
    }

    /// The file may have become bigger.
    func noteGrowth(of database: Database) {
        quota.noteChange { try database.read { try $0.freeBytes() } }
    }
}
