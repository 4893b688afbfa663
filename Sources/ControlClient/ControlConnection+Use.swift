extension ControlConnection {
    /// Binds the connection to a tenant.
    ///
    /// - Parameters:
    ///   - tenant: Whom the lines that follow are for.
    ///   - staff: In whose name they are; nil for the caller's own.
    /// - Throws: ``ClientError/refused(_:)`` and what ``reply()`` throws.
    public func use(_ tenant: String, staff: String?) throws(ClientError) {
        let arguments = [tenant] + (staff.map { ["as=\($0)"] } ?? [])
        let reply = try ask(RequestLine.line(tenant: nil, verb: "use", arguments: arguments))
        if let failure = reply.error { throw .refused(failure) }
    }
}
