extension OpenTenants {
    /// Tries something once more where descriptors have run out, after tenants that rest have given theirs back.
    ///
    /// - Throws: What `body` throws; ``HostError/tooManyFiles`` where that was of no avail.
    func withDescriptors<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch HostError.tooManyFiles {
            closeAll()
            return try body()
        }
    }
}
