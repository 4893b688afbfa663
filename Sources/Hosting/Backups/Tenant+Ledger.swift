internal import Registry
internal import Storage
internal import Synchronization

extension Tenant {
    /// Writes what a commit has added to the ledger, on another thread, and then lets the commit's changes answer.
    ///
    /// Called by the worker that has committed, so that the database is open.
    func keepLedger(_ version: Int64, of database: Database, then completion: @escaping Completion) {
        state.withLock { $0.leases += 1 }
        pool.submit(for: use) { [self] _ in
            defer { endLease() }
            // The registry has the change; the ledger gets it with the next one, or when the registry is opened again.
            try? ledger.keep(version) { step in try database.read { try LedgerFile.Writing(step, $0) } }
            completion()
        }
    }

    /// Fits registry and ledger together: an older registry that somebody put in its place is brought up to what people
    /// have asked for since, and a newer one is written down.
    func matchLedger(_ database: Database) throws {
        ledger.forget()
        let version = try database.readAsWriter { try RestoreLedger.version($0) }
        if try version < ledger.version() {
            let profile = profile
            let known: RestoreLedger?
            do {
                known = try ledger.ledger()
            } catch is RestoreLedger.Unreadable {
                throw HostError.damagedLedger
            }
            let occasion = Occasion(shop: profile.shop, at: wakeClock.now(), actor: .system)
            try database.write { transaction in
                _ = try RestoredFile(transaction, occasion).settle(
                    from: nil, heeding: known, unsent: [], profile.restoring(transaction, occasion))
            }
        }
        try ledger.keep(try database.readAsWriter { try RestoreLedger.version($0) }) { step in
            try database.readAsWriter { try LedgerFile.Writing(step, $0) }
        }
    }
}
