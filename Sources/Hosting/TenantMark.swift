internal import Foundation
internal import Synchronization

/// A file that says that something of a tenant may wait, such as mail, so that a restart need not open every tenant to
/// find out.
///
/// It is there before the commit that lets something wait, and goes when nothing waits any more.
final class TenantMark: Sendable {
    private struct State {
        /// Whether the file is there for sure.
        var isSet = false
        /// How often it has been set.
        var count: UInt64 = 0
    }

    private let folder: String
    private let name: TenantName
    private let state = Mutex(State())

    /// - Parameters:
    ///   - name: The tenant.
    ///   - folder: Where the marks of all tenants are.
    init(of name: TenantName, in folder: String) {
        self.name = name
        self.folder = folder
    }

    /// The tenants that have a mark; without the folder nothing has ever waited.
    ///
    /// - Throws: ``HostError/tooManyFiles``, ``HostError/unreachable(_:)``.
    static func all(in folder: String) throws(HostError) -> [TenantName] {
        try TenantFolder.names(in: folder).compactMap(TenantName.init)
    }

    /// How often it has been set; what ``clear(ifSet:)`` takes.
    var count: UInt64 { state.withLock { $0.count } }

    /// Sets the mark, durably; blocks.
    ///
    /// - Throws: What the file system says.
    func set() throws {
        try state.withLock { state in
            state.count += 1
            guard !state.isSet else { return }
            try TenantFolder.makeFolder(folder)
            let path = "\(folder)/\(name)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            close(descriptor)
            // The file is empty: only its name has to survive.
            try TenantFolder.sync(folder)
            state.isSet = true
        }
    }

    /// Takes the mark away, unless it has been set again since it had been set `count` times.
    func clear(ifSet count: UInt64) {
        state.withLock { state in
            guard state.count == count else { return }
            // A mark that stays costs the next start a look, and no more.
            unlink("\(folder)/\(name)")
            state.isSet = false
        }
    }
}
