internal import Hosting
internal import StrictJSON

/// What the commands need of the rest of the process.
struct Services: Sendable {
    let host: Host
    let gates = AccessGates()
    let table: VerbTable
    let guesses = CouponGuesses()
    /// Passwords are hashed two at a time: each takes a core for some 20 ms.
    let hashing = Turnstile(places: 2)
    /// What the socket server counts.
    let serverStatistics: @Sendable () -> [JSON.Member]
    /// Ends the process once everything in hand is answered.
    let drain: @Sendable () -> Void
}
