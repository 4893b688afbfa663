extension Host {
    /// Begins an upload that is no tenant's, such as of a tenant to come; blocks.
    ///
    /// - Throws: What the file system says.
    public func beginUpload() throws -> Upload {
        try Upload(in: directory, allowance: uploadAllowance)
    }
}
