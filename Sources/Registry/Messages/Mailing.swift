/// One text that staff send to many customers.
public struct Mailing: Sendable, Equatable {
    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        /// Its mails are being queued; one that was interrupted stays here until it is asked for again.
        case queuing
        /// All its mails are queued, or gone.
        case queued
        /// What had not gone out was withdrawn.
        case cancelled
    }

    /// What people call how far it is, by where its mails are.
    public enum Progress: String, Sendable, CaseIterable {
        case queuing
        /// None has gone out yet.
        case queued
        /// Some have gone out, and some wait.
        case sending
        /// None waits any more.
        case done
        case cancelled
    }

    /// How far it is, by how many of its mails are in each state.
    public func progress(_ counts: [(state: String, mails: Int64)]) -> Progress {
        switch state {
        case .queuing: return .queuing
        case .cancelled: return .cancelled
        case .queued: break
        }
        let waiting = counts.filter { MailState(rawValue: $0.state)?.isWaiting ?? false }
        guard !waiting.isEmpty else { return .done }
        let isUntouched = waiting.count == counts.count && !waiting.contains { $0.state == MailState.sending.rawValue }
        return isUntouched ? .queued : .sending
    }

    public let id: MailingID
    public let subject: String
    public let text: String
    public let author: String
    public let state: State
    public let startedAt: Instant
}

/// Whom a mailing reaches, out of all customers whom its filters fit.
public struct Audience: Sendable, Equatable {
    /// Whoever agreed to get the newsletter and has an address.
    public var recipients: [CustomerID] = []
    /// Nobody ever asked them, or they have not confirmed.
    public var withoutConsent = 0
    /// They objected, their mail comes back, or they may not order.
    public var objected = 0
    public var withoutAddress = 0
    /// Test customers; they never count.
    public var tests = 0

    public init() {}
}
