import ChannelKit

/// What is printed on a ticket, and lets its bearer in: the ticket's number and 16 bytes that nobody can guess.
///
/// It is derived from a key of the event's own, so a lost ticket can be printed again, nothing that opens a door is
/// kept with the ticket, and a ticket issued anew makes the former print worthless.
struct TicketSecret: Sendable, Equatable {
    let ticket: Int64
    private let proof: String

    /// Such as "88001.0123456789abcdef0123456789abcdef".
    var text: String { "\(ticket).\(proof)" }

    init(of ticket: IssuedTicket, to event: Event) {
        self.ticket = ticket.id
        let message = Array("ticket \(ticket.id) \(ticket.issue)".utf8)
        proof = Hexadecimal.text(Array(HMAC(key: event.secret).hash(message).prefix(16)))
    }

    /// Reads what a scanner saw, in either case; nil when it cannot be a ticket's secret.
    init?(parsing text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let ticket = Int64(parts[0]), parts[1].utf8.count == 32 else { return nil }
        self.ticket = ticket
        proof = parts[1].lowercased()
    }

    /// Whether both are the same; takes a time that does not depend on where they differ.
    func opens(_ other: TicketSecret) -> Bool {
        ticket == other.ticket && Array(proof.utf8).isEqualInConstantTime(to: Array(other.proof.utf8))
    }

    /// A key for an event; the system's generator is getrandom(2) on Linux.
    static func newKey() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}
