internal import Hosting
internal import StrictJSON
internal import Synchronization

/// What the commands need of the rest of the process.
struct Services: Sendable {
    let host: Host
    let gates: TokenGates
    let table: VerbTable
    let guesses = CouponGuesses()
    /// Passwords are hashed two at a time: each takes a core for some 20 ms.
    let hashing = Turnstile(places: 2)
    /// What the socket server counts.
    let serverStatistics: @Sendable () -> [JSON.Member]
    /// Ends the process once everything in hand is answered.
    let drain: @Sendable () -> Void
}

/// Lets connections that came in with a token know when it is revoked.
final class TokenGates: Sendable {
    /// One token in use.
    final class Gate: Sendable {
        private let revoked = Atomic(false)

        var isOpen: Bool { !revoked.load(ordering: .acquiring) }

        fileprivate func close() { revoked.store(true, ordering: .releasing) }
    }

    private let gates = Mutex<[String: Gate]>([:])

    /// The gate of a token; the same for every connection.
    func gate(_ tenant: TenantName, selector: String) -> Gate {
        gates.withLock { gates in
            let key = "\(tenant) \(selector)"
            if let gate = gates[key] { return gate }
            let gate = Gate()
            gates[key] = gate
            return gate
        }
    }

    func close(_ tenant: TenantName, selector: String) {
        // Made if need be: a connection that is just coming in must find it closed.
        gate(tenant, selector: selector).close()
    }
}
