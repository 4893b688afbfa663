/// When SQLite syncs, where every commit is captured and the journal keeps what has not been synced.
extension Connection {
    /// Leaves the syncing of commits to whoever keeps what is captured.
    ///
    /// SQLite still syncs the header of its log, so that frames of an older log are not taken for newer ones once it is
    /// overwritten (https://sqlite.org/src/info/ff5be73dee). Where there is no log yet, there is nothing to be taken for
    /// anything: a log whose header is lost is none, and the file is what it was.
    func leaveSyncing(path: String) throws {
        hasNoLog = LogFile.isEmpty(of: path)
        guard hasNoLog else { return try script("PRAGMA synchronous = NORMAL") }
        try script("PRAGMA synchronous = OFF")
        // Nothing may be written back into the file unsynced.
        log.setLimit(.max)
    }

    /// Lets SQLite sync what it has to, as soon as there is a log, or one will be that is written back on the way.
    func noteLog(path: String, isBulk: Bool = false) throws {
        guard hasNoLog, isBulk || !LogFile.isEmpty(of: path) else { return }
        try script("PRAGMA synchronous = NORMAL")
        log.setLimit(LogWatch.usualLimit)
        hasNoLog = false
    }
}
