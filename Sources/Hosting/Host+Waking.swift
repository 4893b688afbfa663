internal import Registry

/// Channels that asked to be woken.
extension Host {
    /// Begins to wake channels when they asked to be.
    ///
    /// - Parameters:
    ///   - schedule: Calls back once after so many seconds, at least.
    ///   - log: Takes what goes wrong.
    public func startWaking(
        schedule: @escaping @Sendable (_ seconds: Int64, _ call: @escaping @Sendable () -> Void) -> Void,
        log: @escaping @Sendable (_ message: String, _ fields: [String: String]) -> Void
    ) {
        wakeClock.start(Alarm(now: now, schedule: schedule), log: log) { [weak self] name, done in
            guard let self else { return done() }
            perform { [weak self] in
                // A tenant that is gone, or cannot be opened, tells anew when it is opened.
                guard let tenant = try? self?.tenant(name) else { return done() }
                tenant.wakeChannels(done)
            }
        }
    }

    /// Looks who is to be woken; the schedule given to ``startWaking(schedule:log:)`` calls it too.
    public func wakeChannels() {
        wakeClock.ring()
    }
}
