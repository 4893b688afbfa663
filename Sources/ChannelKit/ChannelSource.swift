/// What a channel is made of: code of this build, or a program that runs in a process of its own.
public protocol ChannelSource: Sendable {
    /// What the channel is, can do and can be set.
    var descriptor: ChannelDescriptor { get }

    /// The channel's own verbs, in the order `help` lists them.
    var verbs: [ChannelVerb.Declaration] { get }

    /// Whether a tenant has the channel before anybody switches it on.
    var isStandard: Bool { get }

    /// Makes the channel of one tenant; must not block.
    ///
    /// - Parameters:
    ///   - tenant: The tenant's name.
    ///   - settings: Checked against the descriptor.
    /// - Returns: The channel, ready to use.
    /// - Throws: ``ChannelRefusal`` when the settings make no sense together.
    func channel(of tenant: String, _ settings: ChannelSettings) throws -> any Channel
}

/// A channel of this build.
public struct CompiledSource: ChannelSource {
    private let type: any ChannelPlugin.Type

    /// A module's channel.
    public init(_ type: any ChannelPlugin.Type) {
        self.type = type
    }

    public var descriptor: ChannelDescriptor { type.descriptor }

    public var isStandard: Bool { true }

    public var verbs: [ChannelVerb.Declaration] { type.verbs.map(\.declaration) }

    /// What the conformance kit tries with it.
    public var samples: [UInt8] { type.samples }

    public func channel(of tenant: String, _ settings: ChannelSettings) throws -> any Channel {
        try CompiledChannel(type, settings: settings)
    }
}
