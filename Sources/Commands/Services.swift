internal import Hosting
internal import StrictJSON
internal import Synchronization

/// What the commands need of the rest of the process.
final class Services: Sendable {
    let host: Host
    let gates = AccessGates()
    let verbs: CurrentVerbs
    /// Passwords are hashed two at a time: each takes a core for some 20 ms.
    let hashing = Turnstile(places: 2)
    /// What the socket server counts.
    let serverStatistics: @Sendable () -> [JSON.Member]
    /// Ends the process once everything in hand is answered.
    let drain: @Sendable () -> Void

    init(
        host: Host, verbs: CurrentVerbs, serverStatistics: @escaping @Sendable () -> [JSON.Member],
        drain: @escaping @Sendable () -> Void
    ) {
        self.host = host
        self.verbs = verbs
        self.serverStatistics = serverStatistics
        self.drain = drain
    }

    /// All verbs there are now.
    var table: VerbTable { verbs.table }
}

/// The table of verbs, made anew when a plugin's verbs have changed.
final class CurrentVerbs: Sendable {
    private let current: Mutex<VerbTable>

    init(_ channels: ChannelCatalog) {
        current = Mutex(VerbTable(channels))
    }

    var table: VerbTable { current.withLock(\.self) }

    func renew(_ channels: ChannelCatalog) {
        let table = VerbTable(channels)
        current.withLock { $0 = table }
    }
}
