internal import Glibc

/// A plugin's manifest and where it is, ready to be started.
struct PluginProgram: Sendable {
    let manifest: PluginManifest
    /// The plugin's folder, from the root.
    let folder: String
    /// Grows with each reload.
    let version: Int

    /// All that is set in the program's environment.
    var environment: [String: String] {
        var environment: [String: String] = [:]
        for name in ["PATH", "LANG", "TZ"] + manifest.environment {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        return environment
    }
}
