/// When something happens, who does it, and in which shop: what every change needs to know.
public struct Occasion: Sendable {
    public var shop: Shop
    public var at: Instant
    public var actor: Actor
    /// In which language people read what comes of it.
    public var language = MailLanguage.english

    public init(shop: Shop, at: Instant, actor: Actor) {
        self.shop = shop
        self.at = at
        self.actor = actor
    }
}
