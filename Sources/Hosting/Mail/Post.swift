internal import Registry

/// What the mail pump works with.
struct Post: Sendable {
    /// How mail leaves the host.
    let transport: any MailTransport
    let now: @Sendable () -> Instant
    /// Calls back once after so many seconds, at least.
    let schedule: @Sendable (Int64, @escaping @Sendable () -> Void) -> Void
    /// Finds a tenant; blocks.
    let tenant: @Sendable (TenantName) throws -> Tenant
    /// Takes away the mark of a tenant that is no more.
    let forget: @Sendable (TenantName) -> Void
}
