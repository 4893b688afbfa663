public import StrictJSON

/// Why a request was not done.
public struct Failure: Sendable, Equatable {
    /// The class.
    public var status: Status
    /// The case, which programs rely on: lowercase words joined by hyphens.
    public var slug: String
    /// The case in words, for people.
    public var message: String
    /// What else belongs to it; written after the message.
    public var details: [JSON.Member]

    /// Puts a failure together.
    public init(status: Status, slug: String, message: String, details: [JSON.Member] = []) {
        self.status = status
        self.slug = slug
        self.message = message
        self.details = details
    }
}
