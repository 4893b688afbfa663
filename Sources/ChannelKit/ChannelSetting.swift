/// A setting of a channel, kept per tenant.
public struct ChannelSetting: Sendable, Equatable {
    /// What a setting may hold.
    public enum Kind: Sendable, Equatable {
        case text
        case flag
        case oneOf([String])
    }

    public let name: String
    public let kind: Kind
    /// The value where a tenant has set none; "true" or "false" for a flag.
    public let standard: String
    /// What it does, in one sentence.
    public let summary: String

    public init(_ name: String, _ kind: Kind, standard: String, summary: String) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.summary = summary
    }
}

/// A channel's settings in one tenant, checked against the descriptor.
public struct ChannelSettings: Sendable, Equatable {
    private let values: [String: String]

    /// Checks values against what the channel declares; what is not given has its standard value.
    ///
    /// - Throws: ``ChannelRefusal`` for a setting the channel does not have, or a value it cannot hold.
    public init(_ given: [String: String], of descriptor: ChannelDescriptor) throws {
        var values: [String: String] = [:]
        for setting in descriptor.settings { values[setting.name] = setting.standard }
        for (name, value) in given {
            guard let setting = descriptor.settings.first(where: { $0.name == name }) else {
                throw ChannelRefusal.unknownSetting(name, known: descriptor.settings.map(\.name))
            }
            switch setting.kind {
            case .text: break
            case .flag:
                guard ["true", "false"].contains(value) else {
                    throw ChannelRefusal.badSetting(name, allowed: ["true", "false"])
                }
            case .oneOf(let allowed):
                guard allowed.contains(value) else { throw ChannelRefusal.badSetting(name, allowed: allowed) }
            }
            values[name] = value
        }
        self.values = values
    }

    /// All settings with their values, by name.
    package var all: [(name: String, value: String)] {
        values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    }

    /// A setting's value; empty for one the descriptor does not have.
    public subscript(name: String) -> String { values[name] ?? "" }

    /// Whether a flag is on.
    public func isOn(_ name: String) -> Bool { values[name] == "true" }
}
