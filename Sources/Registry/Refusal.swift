public import StrictJSON

/// An error that the caller may read; everything else is an internal error.
public protocol Refusal: Error, CustomStringConvertible {
    /// Which kind of refusal it is.
    var kind: RefusalKind { get }
    /// The stable word programs match on.
    var slug: String { get }
    /// What else a program wants to know.
    var details: [JSON.Member] { get }
}

extension Refusal {
    /// Nothing else, unless a refusal says so.
    public var details: [JSON.Member] { [] }
}

/// The classes of refusal; the number is the first word of the reply.
public enum RefusalKind: Int, Sendable {
    case badRequest = 400
    case unauthenticated = 401
    case forbidden = 403
    case notFound = 404
    case unknownVerb = 405
    case deadline = 408
    case conflict = 409
    case gone = 410
    case stale = 412
    case tooLarge = 413
    case rejected = 422
    case locked = 423
    case busy = 429
    case pluginFailed = 502
    case draining = 503
    case diskFull = 507
}

extension JSON {
    /// A whole number as JSON.
    package static func integer(_ value: Int64) -> JSON { .number(String(value)) }
}
