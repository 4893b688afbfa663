/// What is known of a database while it is open; the connection has it that is at the database.
struct OpenFile: Sendable {
    let path: String
    let log = LogWatch()
    /// What was left open.
    var unfinished = UnfinishedCommits()
    /// Whether the log holds what is to be gone.
    var isToBeScrubbed = false
    /// Whether the last try to cut the log met readers that took long.
    var hasCutInVain = false
    /// Whether its connection is prepared for bulk.
    var isInBulk = false

    init(path: String) {
        self.path = path
    }
}
