/// What a host made good when it started.
public struct JournalReport: Sendable, Equatable {
    /// How many changes were missing in each tenant's file.
    public internal(set) var replayed: [String: Int] = [:]
    /// Why tenants are stopped until somebody looks after them.
    public internal(set) var stopped: [String: String] = [:]
    /// Tenants whose folders are gone, with what the journal had of them.
    public internal(set) var missing: [String] = []
    /// Changes that were being written when the host ended, and were never answered.
    public internal(set) var cutCount = 0
}
