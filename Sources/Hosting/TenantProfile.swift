public import ChannelKit
internal import Foundation
public import Registry

/// A tenant's configuration, checked and ready to use.
///
/// A class, since every request holds it: a copy of all that is in it would take longer than what is looked up there.
public final class TenantProfile: Sendable {
    public let configuration: TenantConfiguration
    public let shop: Shop
    /// The same without limits, for what the operator does.
    public let unlimitedShop: Shop
    /// The Unix users who are staff, by user id.
    public let staff: [UInt32: String]
    private let channels: [String: any Channel]
    /// The channels that nobody has to switch on.
    private let standard: Set<String>
    /// The plugins that are on and want to know what happens.
    let listeners: [String]
    /// What is wrong with the settings of plugins; a tenant goes on without these channels.
    let faults: [String: any Error]

    /// Checks a configuration.
    ///
    /// One that is only read, not strictly checked, may name users and settings that are gone: they have no effect.
    ///
    /// - Throws: ``HostError``, ``ValueError`` or ``ChannelRefusal`` for the first thing that is wrong.
    init(
        _ configuration: TenantConfiguration, of name: TenantName, limits: Limits, catalog: ChannelCatalog,
        isStrict: Bool
    ) throws {
        guard let timeZone = TimeZone(identifier: configuration.timeZone) else {
            throw HostError.unknownTimeZone(configuration.timeZone)
        }
        guard !configuration.title.allSatisfy(\.isWhitespace) else { throw HostError.blankTitle }
        guard Self.isLocale(configuration.locale) else { throw HostError.badLocale }
        var policies = Policies()
        policies.limits = limits
        let settings = TenantSetting.all(catalog, limits)
        for (name, value) in configuration.settings {
            if let setting = settings.first(where: { $0.name == name }) {
                try setting.set(value, in: &policies)
            } else if isStrict {
                throw HostError.unknownSetting(name, known: settings.map(\.name))
            }
        }
        shop = Shop(
            name: name.description, title: configuration.title, currency: try Currency(configuration.currency),
            country: try Country(configuration.country),
            locale: configuration.locale, timeZone: timeZone, policies: policies)
        unlimitedShop = shop.with { $0.limits = .none }
        var staff: [UInt32: String] = [:]
        for name in configuration.staff {
            if let id = UnixUser.id(named: name) {
                staff[id] = name
            } else if isStrict {
                throw HostError.unknownUser(name)
            }
        }
        self.staff = staff
        var channels: [String: any Channel] = [:]
        var faults: [String: any Error] = [:]
        let sources = catalog.sources
        for source in sources {
            let descriptor = source.descriptor
            do {
                let settings = try ChannelSettings(
                    configuration.channels[descriptor.id]?.settings ?? [:], of: descriptor)
                channels[descriptor.id] = try source.channel(of: name.description, settings)
            } catch  where !source.isStandard {
                // A new version of a plugin may have other settings; a standard channel's mistake is told at once.
                faults[descriptor.id] = error
                channels[descriptor.id] = try source.channel(
                    of: name.description, ChannelSettings([:], of: descriptor))
            }
        }
        self.channels = channels
        self.faults = faults
        listeners = channels.filter { id, channel in
            configuration.channels[id]?.isEnabled == true && (channel as? ChildChannel)?.hasTopics == true
        }.map(\.key).sorted()
        standard = Set(sources.filter(\.isStandard).map(\.descriptor.id))
        self.configuration = configuration
    }

    /// Whether a text is a language, and perhaps more, in letters and digits joined by hyphens.
    ///
    /// https://www.rfc-editor.org/rfc/rfc5646
    private static func isLocale(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...3).contains(parts[0].utf8.count), parts[0].allSatisfy(\.isLetter) else { return false }
        return parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
    }

    /// The channel with this id.
    ///
    /// - Throws: ``HostError/noChannel(_:)``, ``HostError/channelDisabled(_:)``, or what is wrong with its settings.
    public func channel(_ id: String) throws -> any Channel {
        guard let channel = channels[id] else { throw HostError.noChannel(id) }
        guard isEnabled(id) else { throw HostError.channelDisabled(id) }
        if let fault = faults[id] { throw fault }
        return channel
    }

    /// The channel with this id, also when it is switched off; nil when there is none.
    public func installedChannel(_ id: String) -> (any Channel)? { channels[id] }

    /// All channels there are, also those that are switched off, in the order of their ids.
    var installedChannels: [any Channel] { channels.sorted { $0.key < $1.key }.map(\.value) }

    /// The channel with this id if it may be woken now: a channel of this build also while it takes no orders.
    func channelToWake(_ id: String) -> (any Channel)? {
        guard !configuration.isSuspended, let channel = channels[id] else { return nil }
        return channel.isImmediate || isEnabled(id) && faults[id] == nil ? channel : nil
    }

    /// The plugins that are on, in the order of their ids.
    public var pluginsInUse: [String] {
        channels.filter { $0.value is ChildChannel && isEnabled($0.key) }.map(\.key).sorted()
    }

    /// Whether all channels that the tenant ever had answer on the spot.
    public var isImmediate: Bool {
        channels.allSatisfy { id, channel in channel.isImmediate || configuration.channels[id] == nil }
    }

    /// Whether orders may come through a channel.
    public func isEnabled(_ id: String) -> Bool {
        configuration.channels[id]?.isEnabled ?? standard.contains(id)
    }
}
