internal import Foundation
internal import Synchronization

extension Host {
    /// Begins to bring the files of all tenants up to date in the background.
    public func startMigrations() {
        let sweep = MigrationSweep(
            MigrationSweep.Surroundings(
                directory: directory,
                tenant: { [weak self] name in
                    guard let self else { throw HostError.noTenant }
                    return try self.tenant(name)
                }, channels: channels, isBusy: { [weak self] in self?.isBusy ?? false },
                perform: { [weak self] in self?.performKeeping($0) }))
        self.sweep.withLock { $0 = sweep }
        performKeeping { [weak self] in
            guard let self else { return }
            sweep.begin { try self.tenantNames(after: "", limit: .max) }
        }
    }

    /// How many tenants the background has not seen to yet, how many it could not bring up to date, and whether it has
    /// come to its end.
    public var migrations: (left: Int, failed: Int, isOver: Bool) {
        guard let progress = sweep.withLock({ $0 })?.progress else { return (0, 0, false) }
        return (progress.left, progress.failed, progress.isOver)
    }
}
