internal import Storage

/// What may be tried only so often, lest somebody guesses or floods.
public enum Attempt: String, Sendable, CaseIterable {
    /// A sign-in link is sent to an address.
    case signInLink = "sign-in-link"
    /// A password is tried for an address.
    case password
    /// A short code is tried, by whomever.
    case code
    /// A new account is asked for an address.
    case signUp = "sign-up"
    /// A coupon is named that there is not, by a channel or a storefront.
    case coupon

    /// How often, within ``seconds``.
    var limit: Int64 {
        switch self {
        case .signInLink, .signUp: 5
        case .password: 10
        // Of a million million codes.
        case .code: 1_000
        case .coupon: 60
        }
    }

    /// The time after which counting begins anew.
    var seconds: Int64 {
        switch self {
        case .signInLink, .signUp: 3_600
        case .password, .code: 900
        case .coupon: 360
        }
    }

    /// What is kept of whoever tries.
    static func digest(of subject: String) -> Value { .blob(SHA256.hash(Array(subject.utf8))) }
}
