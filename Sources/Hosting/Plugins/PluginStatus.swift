/// Where a plugin stands.
public struct PluginStatus: Sendable {
    /// One of its processes, or the place of one.
    public struct Seat: Sendable {
        public let state: String
        /// Nil while no process runs.
        public let pid: Int32?
        /// Counts the processes that were started.
        public let generation: Int
        /// How often it failed.
        public let restarts: Int
        /// How many requests have not been answered.
        public let pending: Int
        /// How long an answer takes, about.
        public let latency: Duration
        /// Lines that were no messages, and answers nobody asked for.
        public let strays: Int
        public let lastError: String?
        /// The last line that the process which failed last had written to its standard error.
        public let lastWords: String?
    }

    public let id: String
    public let title: String
    public let version: String
    public let folder: String
    /// Why it cannot be used; nil for one that can.
    public let fault: String?
    /// One for all tenants, or one for each that has used it.
    public let seats: [Seat]

    /// The word for where it stands, that of the worst of its places: broken, quarantined, backoff, starting, ready, idle.
    public var state: String {
        if fault != nil { return "broken" }
        let order = ["quarantined", "backoff", "starting", "ready"]
        return order.first { word in seats.contains { $0.state == word } } ?? "idle"
    }
}
