public import Registry
internal import Synchronization

extension Tenant {
    /// Notes that somebody from outside looks into the shop or changes it; written down within seconds.
    public func noteLook(_ key: AuditLooks.Key, _ subjects: AuditSubjects, at instant: Instant) {
        if trail.add(key, subjects, at: instant) { unwrittenLooks.add(self) }
    }

    /// Writes down the looks that are noted so far.
    ///
    /// - Parameters:
    ///   - instant: The time.
    ///   - done: Runs when they are durable, with what went wrong otherwise; they are tried again later then.
    public func writeLooks(at instant: Instant, _ done: @escaping @Sendable ((any Error)?) -> Void) {
        let taken = trail.take()
        guard !taken.isEmpty else { return done(nil) }
        let occasion = Occasion(shop: profile.shop, at: instant, actor: .system)
        write { transaction in
            let writer = AuditWriter(transaction, occasion)
            for (key, looks) in taken { try writer.add(looks, of: key) }
            return { done(nil) }
        } failed: { [self] error in
            // Who is taken out of service has no log to write in any more.
            if state.withLock({ $0.retirement == nil }) {
                trail.putBack(taken)
                unwrittenLooks.add(self)
            }
            done(error)
        }
    }

    /// The same, and waits for it; what cannot be written down now is tried again later.
    func finishLooks() {
        let isWritten = PendingAnswer<Void>()
        writeLooks(at: wakeClock.now()) { _ in isWritten.give(.success(())) }
        // It never fails: the looks that are left tell.
        try? isWritten.wait()
    }
}

extension Host {
    /// Has the looks written down that are noted so far; to be called every few seconds.
    public func writeLooks() {
        for tenant in unwrittenLooks.take() { tenant.writeLooks(at: now()) { _ in } }
        cutLogsAgain()
    }

    /// The same, and waits for it.
    func finishLooks() {
        let answers = unwrittenLooks.take().map { tenant in
            let answer = PendingAnswer<Void>()
            tenant.writeLooks(at: now()) { _ in answer.give(.success(())) }
            return answer
        }
        // What cannot be written now is lost: the program ends.
        for answer in answers { try? answer.wait() }
    }
}
