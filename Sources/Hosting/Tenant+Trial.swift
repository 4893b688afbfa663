internal import Foundation
internal import Registry
public import Storage
internal import Synchronization

extension Tenant {
    /// Lends a copy of the registry in which changes can be tried, while the tenant works on; blocks.
    ///
    /// It is gone when this returns, or at the latest when the program starts again.
    ///
    /// - Parameters:
    ///   - progress: Told how many pages are copied; may throw to end it.
    ///   - body: Gets the copy, which is captured, and whose steps need not be synced.
    /// - Returns: What `body` returned.
    /// - Throws: What `progress` or `body` throws, or why the registry cannot be copied.
    public func withTrialCopy<Result>(_ progress: Progress, _ body: (Database) throws -> Result) throws -> Result {
        let directory = URL(fileURLWithPath: folder.path).deletingLastPathComponent().path
        let draft = TenantFolder("trial-\(UUID().uuidString.lowercased())", of: name, in: directory)
        // What cannot be deleted now is at the next start.
        defer { try? FileManager.default.removeItem(atPath: draft.path) }
        try draft.create()
        try copyRegistry(to: draft.registry, progress)
        try draft.protectRegistry()
        let copy = try Database(
            path: draft.registry, migrations: RegistrySchema.migrations, capturing: CapturedShapes())
        // It is thrown away.
        defer { try? copy.close() }
        return try body(copy)
    }

    private func copyRegistry(to path: String, _ progress: Progress) throws {
        let database = try lease()
        defer { endLease() }
        try database.read { [pool] transaction in
            try transaction.copy(to: path) { done, total in
                try progress(done, total)
                // Whoever waits for a thread comes first.
                if pool.isBusy { usleep(1_000) }
            }
        }
    }
}
