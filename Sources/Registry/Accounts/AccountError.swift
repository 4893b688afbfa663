public import StrictJSON

/// Why somebody cannot sign in, or an account cannot be changed.
public enum AccountError: Refusal, Equatable {
    /// Wrong address, wrong password, no account, or one that may not sign in: nobody learns which.
    case wrongCredentials
    /// The session was never begun, has ended, or its customer may not sign in any more.
    case noSession
    case wrongCode
    case weakPassword
    case longPassword
    case passwordMissing
    case noHashing
    case noAddress
    case alreadyActive
    case notAllowed(CustomerStatus)
    case linkOnly
    case passwordOnly
    case emailFixed
    case noEmailChange

    public var kind: RefusalKind {
        switch self {
        case .wrongCredentials, .noSession: .unauthenticated
        case .wrongCode: .notFound
        case .weakPassword, .longPassword, .passwordMissing: .badRequest
        case .noHashing: .draining
        case .noAddress, .emailFixed: .rejected
        case .alreadyActive, .notAllowed, .linkOnly, .passwordOnly: .conflict
        case .noEmailChange: .gone
        }
    }

    public var slug: String {
        switch self {
        case .wrongCredentials: "wrong-credentials"
        case .noSession: "no-session"
        case .wrongCode: "no-ticket"
        case .weakPassword, .longPassword: "bad-value"
        case .passwordMissing: "missing-argument"
        case .noHashing: "no-hashing"
        case .noAddress: "no-address"
        case .alreadyActive: "account-active"
        case .notAllowed(let status): status.rawValue
        case .linkOnly: "link-only"
        case .passwordOnly: "password-only"
        case .emailFixed: "email-fixed"
        case .noEmailChange: "expired"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .weakPassword, .longPassword, .passwordMissing:
            [JSON.Member(name: "argument", value: .string("password"))]
        case .wrongCredentials, .noSession, .wrongCode, .noHashing, .noAddress, .alreadyActive, .notAllowed, .linkOnly,
            .passwordOnly, .emailFixed, .noEmailChange:
            []
        }
    }

    public var description: String {
        switch self {
        case .wrongCredentials: "the address and the password do not fit, or there is no such account"
        case .noSession: "nobody is signed in here; sign in again"
        case .wrongCode: "this code is not valid"
        case .weakPassword: "password: at least \(PasswordHash.minimum) characters are needed"
        case .longPassword: "password: at most \(PasswordHash.limit) bytes are taken"
        case .passwordMissing: "password is missing"
        case .noHashing: "this machine cannot hash passwords"
        case .noAddress: "this customer has no e-mail address"
        case .alreadyActive: "this account is active already"
        case .notAllowed(let status): "this customer is \(status.rawValue)"
        case .linkOnly: "customers of this shop sign in by link, without a password"
        case .passwordOnly: "customers of this shop sign in with a password"
        case .emailFixed: "the e-mail address cannot be changed"
        case .noEmailChange: "this change of address has been replaced or withdrawn"
        }
    }
}
