internal import ChannelKit
internal import Foundation
internal import Registry
internal import Storage
internal import Synchronization

/// Brings the files of all tenants up to date, one by one, so that nobody's first request has to wait for that; whoever is
/// asked for sooner is brought up to date on the spot.
final class MigrationSweep: Sendable {
    /// How far it is.
    struct Progress: Sendable {
        /// Tenants that have not been looked at.
        var left = 0
        /// Tenants whose files could not be brought up to date.
        var failed = 0
        /// Whether nothing more will be done.
        var isOver = false
    }

    private struct State {
        var names: ArraySlice<TenantName> = []
        var failed = 0
        var isOver = false
        var isStopping = false
    }

    /// What it needs of the host.
    struct Surroundings: Sendable {
        let directory: String
        let tenant: @Sendable (TenantName) throws -> Tenant
        let channels: ChannelCatalog
        /// Whether requests wait for a thread.
        let isBusy: @Sendable () -> Bool
        /// Runs the next step, when there is room for it.
        let perform: @Sendable (@escaping @Sendable () -> Void) -> Void
    }

    private let surroundings: Surroundings
    private let state = Mutex(State())

    /// So long it waits for requests that wait, in milliseconds, before it looks again.
    private static let pause: UInt32 = 5

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    var progress: Progress {
        state.withLock { Progress(left: $0.names.count, failed: $0.failed, isOver: $0.isOver) }
    }

    /// Begins with the tenants that are listed, unless all files have been seen to by a program of the same schema.
    func begin(_ list: () throws -> [TenantName]) {
        guard stamp != Self.stamp(in: surroundings.directory) else {
            state.withLock { $0.isOver = true }
            return
        }
        // Whoever cannot list the tenants cannot serve them either, and says so there.
        guard let names = try? list() else { return }
        state.withLock { $0.names = names[...] }
        surroundings.perform { [self] in step() }
    }

    /// Begins no further tenant.
    func stop() {
        state.withLock { $0.isStopping = true }
    }

    /// Sees to one tenant, and goes on with the next behind whatever else waits.
    private func step() {
        while surroundings.isBusy(), !state.withLock({ $0.isStopping }) { usleep(Self.pause * 1_000) }
        let name = state.withLock { $0.isStopping ? nil : $0.names.first }
        guard let name else { return finish() }
        let isDone = Result { try migrate(name) }
        state.withLock { state in
            state.names = state.names.dropFirst()
            if case .failure = isDone { state.failed += 1 }
        }
        surroundings.perform { [self] in step() }
    }

    private func migrate(_ name: TenantName) throws {
        let folder = TenantFolder(of: name, in: surroundings.directory)
        // A folder that somebody made by hand has no file yet; one that is stopped stays as it is.
        guard try folder.hasRegistry, try folder.stopReason == nil else { return }
        let known = RegistrySchema.migrations.map(\.name)
        let channels = surroundings.channels
        let isCurrent = try Database.look(at: folder.registry) { transaction in
            if try transaction.schemaStamp() == channels.stamp { return true }
            let applied = Set(try transaction.migrations())
            guard applied.isSubset(of: known) else { throw HostError.newerFile }
            return try applied.count == known.count && channels.areTablesInstalled(transaction)
        }
        guard !isCurrent else { return }
        let tenant = try surroundings.tenant(name)
        let wasOpen = tenant.isOpen
        try tenant.readHere { _ in }
        // One that is asked for meanwhile may stay open.
        if !wasOpen { try? tenant.close(within: .seconds(1)) }
    }

    /// Notes that nothing is left to do, so that the next start need not look.
    private func finish() {
        // Without it the next start looks again.
        if state.withLock({ $0.names.isEmpty && $0.failed == 0 }) {
            try? TenantFolder.replace(Self.stampFile(in: surroundings.directory), with: Data(stamp.utf8))
        }
        state.withLock { $0.isOver = true }
    }

    /// Tells this program's schema from others'.
    private var stamp: String { "\(surroundings.channels.stamp)\n" }

    private static func stamp(in directory: String) -> String? {
        FileManager.default.contents(atPath: stampFile(in: directory)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Not a tenant's name, so never taken for one.
    private static func stampFile(in directory: String) -> String { "\(directory)/.schema" }
}
