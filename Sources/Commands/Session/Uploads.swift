internal import Hosting
internal import Synchronization

/// The files a connection has sent; they go with it.
final class Uploads: Sendable {
    private struct State {
        var uploads: [String: (tenant: TenantName?, upload: Upload)] = [:]
        var begun = 0
    }

    /// So many at a time.
    private static let limit = 8
    private let state = Mutex(State())

    /// Takes in a new upload and names it, "u1", "u2" ….
    ///
    /// - Throws: ``CommandError/tooManyUploads(limit:)``.
    func add(_ upload: Upload, of tenant: TenantName?) throws(CommandError) -> String {
        let name = state.withLock { state -> String? in
            guard state.uploads.count < Self.limit else { return nil }
            state.begun += 1
            let name = "u\(state.begun)"
            state.uploads[name] = (tenant, upload)
            return name
        }
        guard let name else { throw .tooManyUploads(limit: Self.limit) }
        return name
    }

    /// - Throws: ``CommandError/noUpload``; an upload of another tenant is none.
    func upload(_ name: String, of tenant: TenantName?) throws(CommandError) -> Upload {
        guard let found = state.withLock({ $0.uploads[name] }), found.tenant == tenant else { throw .noUpload }
        return found.upload
    }

    /// Forgets an upload.
    ///
    /// - Throws: ``CommandError/noUpload``.
    func drop(_ name: String, of tenant: TenantName?) throws(CommandError) {
        _ = try upload(name, of: tenant)
        state.withLock { $0.uploads[name] = nil }
    }
}
