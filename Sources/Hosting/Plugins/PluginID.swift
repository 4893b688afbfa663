internal import Synchronization

/// Numbers of requests, and the words by which plugins name them in their own questions.
enum PluginID {
    private static let last = Atomic<Int64>(0)
    /// Nobody guesses a call of another process.
    private static let secret = PluginTenant.random()

    static func next() -> Int64 {
        last.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// What a plugin calls a request.
    static func call(_ id: Int64) -> String { "\(secret)-\(id)" }

    /// The request that a call names; nil when it is none of this host's.
    static func request(ofCall call: String) -> Int64? {
        let parts = call.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0] == secret else { return nil }
        return Int64(parts[1])
    }
}
