internal import Registry
internal import Synchronization

/// The tenants' mail.
extension Host {
    /// Begins to send mail: what waited before as well as what is queued from now on.
    ///
    /// - Parameters:
    ///   - transport: How mail leaves the host.
    ///   - schedule: Calls back once after so many seconds, at least.
    public func startMail(
        via transport: any MailTransport,
        schedule: @escaping @Sendable (_ seconds: Int64, _ call: @escaping @Sendable () -> Void) -> Void
    ) {
        let marks = mailMarks
        let pump = MailPump(
            Post(
                transport: transport, now: now, schedule: schedule,
                tenant: { [weak self] name in
                    guard let self else { throw HostError.noTenant }
                    return try self.tenant(name)
                }, forget: { TenantMark(of: $0, in: marks).clear(ifSet: 0) }))
        self.pump.withLock { $0 = pump }
        for tenant in marked(in: mailMarks) { pump.ring(tenant) }
    }

    /// Looks whose mail is to be tried again; the schedule given to ``startMail(via:schedule:)`` calls it too.
    public func wakeMail() {
        pump.withLock { $0 }?.wake()
    }

    func ringForMail(_ tenant: TenantName) {
        pump.withLock { $0 }?.ring(tenant)
    }

    /// The tenants that have a mark in a folder, or all where nobody can tell: to look at one that has none does no harm.
    func marked(in folder: String) -> [TenantName] {
        if let marked = try? withDescriptors({ try TenantMark.all(in: folder) }) { return marked }
        // Where these cannot be listed either nobody is at work.
        return (try? tenantNames(after: "", limit: .max)) ?? []
    }

    /// Not a tenant's name, so never taken for one.
    var mailMarks: String { "\(directory)/.mail" }
}
