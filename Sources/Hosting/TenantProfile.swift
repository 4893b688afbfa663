public import ChannelKit
internal import Foundation
public import Registry

/// A tenant's configuration, checked and ready to use.
public struct TenantProfile: Sendable {
    public let configuration: TenantConfiguration
    public let shop: Shop
    /// The Unix users who are staff, by user id.
    public let staff: [UInt32: String]
    private let channels: [String: any Channel]

    /// Checks a configuration.
    ///
    /// One that is only read, not strictly checked, may name users and settings that are gone: they have no effect.
    ///
    /// - Throws: ``HostError``, ``ValueError`` or ``ChannelRefusal`` for the first thing that is wrong.
    init(
        _ configuration: TenantConfiguration, of name: TenantName, catalog: ChannelCatalog, isStrict: Bool
    ) throws {
        guard let timeZone = TimeZone(identifier: configuration.timeZone) else {
            throw HostError.unknownTimeZone(configuration.timeZone)
        }
        guard !configuration.title.allSatisfy(\.isWhitespace) else { throw HostError.blankTitle }
        guard Self.isLocale(configuration.locale) else { throw HostError.badLocale }
        var policies = Policies()
        for (name, value) in configuration.settings {
            if let setting = TenantSetting.named(name, catalog) {
                try setting.set(value, in: &policies)
            } else if isStrict {
                throw HostError.unknownSetting(name)
            }
        }
        shop = Shop(
            name: name.description, title: configuration.title, currency: try Currency(configuration.currency),
            country: try Country(configuration.country),
            locale: configuration.locale, timeZone: timeZone, policies: policies)
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
        for source in catalog.sources {
            let descriptor = source.descriptor
            let settings = try ChannelSettings(
                configuration.channels[descriptor.id]?.settings ?? [:], of: descriptor)
            channels[descriptor.id] = try source.channel(of: name.description, settings)
        }
        self.channels = channels
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
    /// - Throws: ``HostError/noChannel(_:)``, ``HostError/channelDisabled(_:)``.
    public func channel(_ id: String) throws(HostError) -> any Channel {
        guard let channel = channels[id] else { throw .noChannel(id) }
        guard isEnabled(id) else { throw .channelDisabled(id) }
        return channel
    }

    /// The channel with this id, also when it is switched off; nil when there is none.
    public func installedChannel(_ id: String) -> (any Channel)? { channels[id] }

    /// Whether all channels answer on the spot.
    public var isImmediate: Bool { channels.values.allSatisfy(\.isImmediate) }

    /// Whether orders may come through a channel.
    public func isEnabled(_ id: String) -> Bool {
        configuration.channels[id]?.isEnabled ?? true
    }
}
