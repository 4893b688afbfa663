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
    var watcher: Int
    /// The last event that was looked at.
    var position: Int64
    /// The newest event there is, as far as is known.
    var newest: Int64
    /// A page of events is being read, or is on its way to the client.
    var isBusy = false
}

extension Session {
    /// Events read at a time; the next page is read when the client has taken this one.
    private static let page = 200

    /// `event.watch`: one per connection; a second one replaces the first.
    func watch(_ invocation: TenantInvocation, _ framing: Framing, _ id: Int) throws {
        let start = try EventStart(invocation.arguments, standard: .now)
        let filter = TopicFilter(invocation.arguments)
        let tenant = invocation.tenant
        // Watching begins before the newest number is read, so that nothing falls between.
        let watcher = tenant.watch { [weak self] newest in self?.eventsHappened(newest: newest) }
        tenant.read { [self] transaction in
            let last = try TimelineReader(transaction).lastSeq()
            return { [self] in
                let position = start.seqBefore(last: last)
                let former = state.withLock { state in
                    let former = state.watch
                    state.watch = Watch(
                        tenant: tenant, filter: filter, framing: framing, watcher: watcher, position: position,
                        newest: last)
                    return former
                }
                if let former { former.tenant.unwatch(former.watcher) }
                if state.withLock({ $0.isClosed }) { tenant.unwatch(watcher) }
                finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("seq", position) })))
                eventsHappened(newest: last)
            }
        } failed: { [self] error in
            tenant.unwatch(watcher)
            refuse(error, id: id)
        }
    }

    func unwatch(_ id: Int) throws {
        let watch = state.withLock { state in
            defer { state.watch = nil }
            return state.watch
        }
        guard let watch else { throw CommandError.noWatch }
        watch.tenant.unwatch(watch.watcher)
        finish(id, Reply(outcome: .ok(JSONWriter.object { $0.member("seq", watch.position) })))
    }

    private func eventsHappened(newest: Int64) {
        state.withLock { state in
            guard var watch = state.watch else { return }
            watch.newest = max(watch.newest, newest)
            state.watch = watch
        }
        readEvents()
    }

    /// The client has taken all that was sent; more events may follow.
    func outputDrained() {
        let isWatching = state.withLock { state in
            state.watch?.isBusy = false
            return state.watch != nil
        }
        if isWatching { readEvents() }
    }

    private func readEvents() {
        let watch = state.withLock { state -> Watch? in
            guard var watch = state.watch, !state.isClosed, !watch.isBusy, watch.position < watch.newest else {
                return nil
            }
            watch.isBusy = true
            state.watch = watch
            return watch
        }
        guard let watch else { return }
        watch.tenant.read { [self] transaction in
            let entries = try TimelineReader(transaction).entries(after: watch.position, limit: Self.page)
            return { [self] in send(entries, to: watch) }
        } failed: { [self] error in
            Log.error("events cannot be read", ["error": String(describing: error)])
            outlet.close()
        }
    }

    private func send(_ entries: [TimelineEntry], to watch: Watch) {
        var bytes: [UInt8] = []
        for entry in entries where watch.filter.accepts(entry.topic) {
            Event(seq: entry.seq, topic: entry.topic, body: .entry(entry)).write(in: watch.framing, to: &bytes)
        }
        let isSent = state.withLock { [bytes] state -> Bool in
            guard let last = entries.last?.seq, state.watch?.watcher == watch.watcher else { return false }
            state.watch?.position = last
            guard !bytes.isEmpty else {
                state.watch?.isBusy = false
                return false
            }
            outlet.send(bytes, answered: 0)
            return true
        }
        if !isSent { readEvents() }
    }
}
