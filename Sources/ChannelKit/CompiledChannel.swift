/// A channel of this build in one tenant.
public struct CompiledChannel: Channel {
    public let descriptor: ChannelDescriptor
    private let plugin: any ChannelPlugin
    private let verbs: [ChannelVerb]

    /// - Throws: ``ChannelRefusal`` when the settings make no sense together.
    public init(_ type: any ChannelPlugin.Type, settings: ChannelSettings) throws {
        descriptor = type.descriptor
        verbs = type.verbs
        plugin = try type.init(settings: settings)
    }

    public var isImmediate: Bool { true }

    public func translate(
        _ details: Details, into draft: OrderDraft, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<Translation, any Error>) -> Void
    ) {
        done(
            Result {
                var draft = draft
                try plugin.translate(details, into: &draft, occasion)
                return Translation(
                    draft, review: plugin.review, settle: plugin.settle, record: plugin.record)
            })
    }

    public func revise(
        _ details: Details, _ change: OrderChange, of order: Order, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<Revision, any Error>) -> Void
    ) {
        done(
            Result {
                var change = change
                try plugin.revise(details, &change, of: order, occasion)
                return Revision(change)
            })
    }

    public func perform(
        _ verb: String, _ arguments: Details, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<ChannelWork, any Error>) -> Void
    ) {
        guard let action = verbs.first(where: { $0.declaration.name == verb })?.action else {
            return done(.failure(ChannelRefusal.unknownVerb(verb)))
        }
        let plugin = plugin
        switch action {
        case .read(let work): done(.success(.read { try work(plugin, arguments, $0) }))
        case .write(let work): done(.success(.write { try work(plugin, arguments, $0) }))
        }
    }

    public func wake(_ occasion: Occasion, _ done: @escaping @Sendable (Result<ChannelWaking, any Error>) -> Void) {
        done(.success(plugin.wake))
    }

    public func completed(_ details: Details, of order: Order, _ services: ChannelServices) throws -> Details {
        try plugin.completed(details, of: order, services)
    }

    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        plugin.lines(of: details, occasion)
    }

    public func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        try plugin.product(sku, services)
    }

    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        try plugin.follow(order, from: before, transaction)
    }
}
