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
    /// The most mails handed to the host's mail system in an hour; nil for no limit.
    public var perHour: Int? = 1_000
    /// For how many days after it is over a mail is kept; nil for ever.
    public var keptDays: Int? = 90

    public init() {}

    /// What is not set and keeps mails from doing what they are for, in words for who runs the tenant.
    public var warnings: [String] {
        var warnings: [String] = []
        if from == nil { warnings.append("mail.from is not set: mail waits and is not sent") }
        if link == nil {
            warnings.append(
                "link.url is not set: mails that ask for a confirmation or a sign-in carry a code to type instead of a "
                    + "link, and no newsletter can be sent")
        }
        return warnings
    }

    /// The link a mail carries; nil while the tenant has no page for it.
    ///
    /// `action` is a word such as "confirm"; `token` goes into the address as it is, so it must need no escaping.
    public func link(for action: String, token: String) -> String? {
        link?.replacingOccurrences(of: "{action}", with: action).replacingOccurrences(of: "{token}", with: token)
    }

    /// The address whose mail belongs to a token; nil while the tenant has none for that.
    func address(for token: String) -> EmailAddress? {
        guard let reply else { return nil }
        // The setting was checked with a short token; a long one may make the address too long, and then there is none.
        return try? EmailAddress(parsing: reply.replacing("{token}", with: token))
    }

    /// The token in an address that mail came to; nil when the address is of another kind.
    ///
    /// Case does not matter: mail systems may change it.
    func token(in address: String) -> String? {
        guard let reply else { return nil }
        let parts = reply.lowercased().components(separatedBy: "{token}")
        let address = address.lowercased()
        guard parts.count == 2, address.hasPrefix(parts[0]), address.hasSuffix(parts[1]) else { return nil }
        let token = address.dropFirst(parts[0].count).dropLast(parts[1].count)
        return token.isEmpty ? nil : String(token)
    }
}
