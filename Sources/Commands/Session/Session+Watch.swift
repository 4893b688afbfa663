internal import Hosting
internal import Registry
internal import StrictJSON
internal import Synchronization
internal import Wire

/// The events a connection waits for.
struct Watch: Sendable {
    let tenant: Tenant
    let filter: TopicFilter
    let framing: Framing
    let watcher: Int
    /// The last event that was looked at.
    var position: Int64 = 0
    /// The newest event there is, as far as is known.
    var newest: Int64 = 0
    /// A page of events is being read; at first, where to begin.
    var isReading = true
    /// A page of events is on its way to the client.
    var isSending = false
}

extension Session {
    /// Events read at a time; the next page is read when the client has taken this one.
    private static let page = 200

    /// `event.watch`: one at a time on a connection.
    func watch(_ invocation: TenantInvocation, _ framing: Framing, _ id: Int) throws {
        let start = try EventStart(invocation.arguments, standard: .now)
        let filter = TopicFilter(invocation.arguments)
        let tenant = invocation.tenant
        guard state.withLock({ $0.watch == nil }) else { throw CommandError.watching }
        let watcher = tenant.watch { [weak self] newest in self?.eventsHappened(newest: newest) }
        // In place before the newest number is read, so that nothing falls between.
        state.withLock { $0.watch = Watch(tenant: tenant, filter: filter, framing: framing, watcher: watcher) }
        if state.withLock({ $0.isClosed }) { endWatch() }
        tenant.read { [self] transaction in
            let last = try TimelineReader(transaction).lastSeq()
            return { [self] in
                let position = start.seqBefore(last: last)
                finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("seq", position) })))
                state.withLock { state in
                    state.watch?.position = position
                    state.watch?.isReading = false
                }
                eventsHappened(newest: last)
            }
        } failed: { [self] error in
            endWatch()
            refuse(error, id: id)
        }
    }

    func unwatch(_ id: Int) throws {
        guard let watch = endWatch() else { throw CommandError.noWatch }
        finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("seq", watch.position) })))
    }

    /// Stops watching, if the connection does.
    @discardableResult
    func endWatch() -> Watch? {
        let watch = state.withLock { state in
            defer { state.watch = nil }
            return state.watch
        }
        if let watch { watch.tenant.unwatch(watch.watcher) }
        return watch
    }

    private func eventsHappened(newest: Int64) {
        state.withLock { state in
            guard let known = state.watch?.newest else { return }
            state.watch?.newest = max(known, newest)
        }
        readEvents()
    }

    /// The client has taken all that was sent; more events may follow.
    func outputDrained() {
        let job = state.withLock { state in
            state.watch?.isSending = false
            return state.jobOutput
        }
        job?.drained()
        readEvents()
    }

    private func readEvents() {
        let (watch, identity) = state.withLock { state -> (Watch?, Identity) in
            guard let watch = state.watch, !state.isClosed, !watch.isReading, !watch.isSending,
                watch.position < watch.newest
            else { return (nil, state.identity) }
            state.watch?.isReading = true
            return (watch, state.identity)
        }
        guard let watch else { return }
        guard mayStillWatch(watch.tenant, identity) else {
            endWatch()
            return
        }
        watch.tenant.read { [self] transaction in
            let entries = try TimelineReader(transaction).entries(after: watch.position, limit: Self.page)
            return { [self] in send(entries, to: watch) }
        } failed: { [self] error in
            Reply.log(error)
            outlet.close()
        }
    }

    /// Whether the caller may still see the tenant's events: tokens are revoked, staff leave, tenants are suspended.
    private func mayStillWatch(_ tenant: Tenant, _ identity: Identity) -> Bool {
        // Whoever is refused, for whatever reason, watches no more.
        guard let caller = try? identity.caller(in: tenant, as: staff(in: tenant)) else { return false }
        return caller.isStaff && !tenant.profile.configuration.isSuspended
    }

    private func send(_ entries: [TimelineEntry], to watch: Watch) {
        var bytes: [UInt8] = []
        for entry in entries where watch.filter.accepts(entry.topic) {
            Event(seq: entry.seq, topic: entry.topic, body: .entry(entry)).write(in: watch.framing, to: &bytes)
        }
        state.withLock { [bytes] state in
            guard state.watch?.watcher == watch.watcher, state.watch?.tenant === watch.tenant else { return }
            state.watch?.isReading = false
            state.watch?.position = entries.last?.seq ?? watch.newest
            guard !bytes.isEmpty else { return }
            state.watch?.isSending = true
            outlet.send(bytes, answered: 0)
        }
        outlet.flush()
        readEvents()
    }
}
