/// Lets a program in, for one tenant and one role.
public struct Token: Sendable, Equatable {
    /// Names the token; not a secret.
    public let selector: String
    public let role: TokenRole
    /// The one channel of a channel's token.
    public let channel: String?
    /// What people call it.
    public let label: String
    public let createdAt: Instant
    public let revokedAt: Instant?
}

/// What the holder of a token may be.
public enum TokenRole: String, Sendable, CaseIterable {
    case staff
    case channel
    case portal
    case reader
}

/// Why a token could not be made, found or used.
public enum TokenError: Refusal, Equatable {
    case notFound
    case channelMissing
    case refused

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .channelMissing: .badRequest
        case .refused: .unauthenticated
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-token"
        case .channelMissing: "missing-argument"
        case .refused: "unauthenticated"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such token"
        case .channelMissing: "a channel's token needs channel="
        case .refused: "this token is not valid"
        }
    }
}
