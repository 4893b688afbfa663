internal import ChannelKit
internal import StrictJSON

/// What the error that a plugin answered means to the caller.
enum PluginRefusal {
    /// The code by which JSON-RPC says that there is no such method. <https://www.jsonrpc.org/specification#error_object>
    static let noMethod: Int64 = -32_601

    /// A refusal where the plugin refuses, a failure where it failed.
    static func error(_ error: JSON, of plugin: String) -> any Error {
        let code = error["code"]?.integerValue ?? 0
        let message = line(error["message"]?.stringValue ?? "")
        guard code != noMethod else { return NoSuchMethod() }
        let data = error["data"]
        let slug = data?["slug"]?.stringValue
        let details = data?.objectValue?.filter { !["slug", "plugin"].contains($0.name) } ?? []
        guard slug.map(isSlug) ?? true, let refusal = ChannelRefusal(code: code, slug: slug, message, details: details)
        else {
            return PluginFailure.failedOn(plugin: plugin, reason: "it answered error \(code): \(message)")
        }
        return refusal
    }

    /// At most 500 characters, on one line.
    private static func line(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }).prefix(
                500))
    }

    private static func isSlug(_ text: String) -> Bool { PluginManifest.isID(text) }

    /// The plugin does not know the method.
    struct NoSuchMethod: Error {}
}
