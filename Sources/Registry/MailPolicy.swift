internal import Foundation

/// How a tenant's mail goes out.
public struct MailPolicy: Sendable, Equatable {
    /// The sender's address; nil while there is none, and mail then waits.
    public var from: EmailAddress?
    /// The name beside it; nil for the tenant's title.
    public var name: String?
    /// Where answers go: an address with "{token}" in it, nil for the sender's.
    public var reply: String?
    /// The storefront's page for links: an address with "{action}" and "{token}" in it.
    public var link: String?

    public init() {}

    /// The link a mail carries; nil while the tenant has no page for it.
    ///
    /// `action` is a word such as "confirm"; `token` goes into the address as it is, so it must need no escaping.
    public func link(for action: String, token: String) -> String? {
        link?.replacingOccurrences(of: "{action}", with: action).replacingOccurrences(of: "{token}", with: token)
    }
}
