/// The text that people agreed to, by the version that the evidence names.
public struct ConsentWording: Sendable, Equatable {
    public let purpose: ConsentPurpose
    public let version: String
    public let text: String
    public let actor: String
    public let at: Instant
}
