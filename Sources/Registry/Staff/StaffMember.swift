/// Somebody who works in a shop.
public struct StaffMember: Sendable, Equatable {
    public let id: StaffID
    /// The word that `use as=`, tokens and mentions know the member by, such as "lena".
    public let name: String
    /// What people read, such as "Lena Koch".
    public let display: String
    public let email: EmailAddress?
    public let addedAt: Instant
    /// When the member left; nil for who is there.
    public let removedAt: Instant?
}

extension Actor {
    /// The name of the member of staff who acted; nil for anybody else.
    ///
    /// Who signs with another name, as "shop/lena", is that other.
    public var staffName: String? {
        switch self {
        case .staff(let name): name.split(separator: "/").last.map { String($0) }
        case .operator, .channel, .customer, .system: nil
        }
    }
}
