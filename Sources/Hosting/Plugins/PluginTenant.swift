internal import ChannelKit
internal import Registry
internal import StrictJSON

/// A tenant as a plugin's processes know it: by a token that tells nothing, with its settings.
///
/// When the last channel that uses it is gone, the processes are told to forget it.
final class PluginTenant: Sendable {
    /// Never given to another tenant, nor again to this one once its settings have changed.
    let token: String
    /// Only the host knows it.
    let name: String
    let plugin: String
    private let settings: ChannelSettings
    private let forget: @Sendable (_ token: String) -> Void

    init(
        _ name: String, of plugin: String, _ settings: ChannelSettings,
        forget: @escaping @Sendable (_ token: String) -> Void
    ) {
        token = "t" + Self.random()
        self.name = name
        self.plugin = plugin
        self.settings = settings
        self.forget = forget
    }

    deinit { forget(token) }

    /// What `tenant.open` says.
    func opening(_ shop: Shop) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("tenant", token)
            writer.name("settings")
            writer.beginObject()
            for (name, value) in settings.all { writer.member(name, value) }
            writer.endObject()
            writer.member("currency", shop.currency.code)
            writer.member("country", shop.country.code)
            writer.member("locale", shop.locale)
            writer.member("time_zone", shop.timeZone.identifier)
        }
    }

    /// 80 bits that nobody guesses, as text.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = UInt64.random(in: .min ... .max, using: &generator)
        let low = UInt16.random(in: .min ... .max, using: &generator)
        return String(high, radix: 36) + String(low, radix: 36)
    }
}
