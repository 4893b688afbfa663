/// How often somebody did the same in a quarter of an hour.
public struct AuditLooks: Sendable, Equatable {
    /// Who did what, and in which quarter of an hour.
    public struct Key: Sendable, Hashable {
        public let role: String
        public let actor: Actor
        public let verb: String
        /// The start of the quarter, in seconds.
        let quarter: Int64

        /// - Parameters:
        ///   - role: The caller's role.
        ///   - actor: The caller.
        ///   - verb: What was asked for.
        ///   - instant: When.
        public init(role: String, actor: Actor, verb: String, at instant: Instant) {
            self.role = role
            self.actor = actor
            self.verb = verb
            quarter = instant.seconds - instant.seconds % 900
        }
    }

    let firstAt: Instant
    var lastAt: Instant
    var count: Int64 = 0
    var subjects = AuditSubjects()

    /// Nothing yet, from a time on.
    public init(from instant: Instant) {
        firstAt = instant
        lastAt = instant
    }

    /// Adds one look.
    public mutating func add(_ subjects: AuditSubjects, at instant: Instant) {
        lastAt = max(lastAt, instant)
        count += 1
        self.subjects.add(subjects)
    }

    /// Adds later looks.
    public mutating func add(_ later: AuditLooks) {
        lastAt = max(lastAt, later.lastAt)
        count += later.count
        subjects.add(later.subjects)
    }
}
