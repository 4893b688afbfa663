/// A mail address as a header shows it, with the name beside it.
public struct MailAddress: Sendable, Hashable {
    /// The name of the person, empty when there is none.
    public var name: String
    /// The address itself; not checked when it comes from a message.
    public var address: String

    /// - Parameters:
    ///   - name: The name of the person, empty when there is none.
    ///   - address: The address without angle brackets.
    public init(name: String = "", address: String) {
        self.name = name
        self.address = address
    }
}
