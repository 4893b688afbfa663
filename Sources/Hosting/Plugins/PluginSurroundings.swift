internal import StrictJSON

/// What the plugins' thread needs of the rest of the host.
struct PluginSurroundings: Sendable {
    /// Deals with what a plugin asks while it answers a request; takes the answer on any thread.
    let answer:
        @Sendable (
            _ method: String, _ params: JSON, _ request: PluginRequest,
            _ done: @escaping @Sendable (Result<JSONFragment, any Error>) -> Void
        ) -> Void
    /// A process has just become ready for requests.
    let ready: @Sendable (_ plugin: String) -> Void
    let log: PluginLog
    let pauses: PluginPauses
}

/// Writes a line into the host's log; no personal data.
typealias PluginLog = @Sendable (_ message: String, _ fields: [String: String]) -> Void
