/// The class of a failure, as the protocol numbers it; the slug tells the case.
public enum Status: Int, Sendable {
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
    case moved = 421
    case rejected = 422
    case locked = 423
    case busy = 429
    case `internal` = 500
    case pluginFailed = 502
    case draining = 503
    case diskFull = 507
}
