internal import Storage

extension CustomerWriter {
    /// Denies a customer: no sign-in, and every channel refuses the order; the reason is for staff only.
    ///
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/erased``.
    public func deny(_ id: CustomerID, reason: String?) throws {
        guard try reader.status(of: id) != .erased else { throw CustomerError.erased }
        try transaction.execute(
            "UPDATE customer SET status = 'denied', deny_reason = ?, rev = rev + 1 WHERE id = ?",
            .text(orNull: reason), .integer(id.rawValue))
        // The reason stays out of the timeline: entries are also read by others than staff.
        try timeline.append(.customerDenied, customer: id)
    }

    /// Lifts a denial; a customer who is not denied stays as is.
    ///
    /// - Throws: ``CustomerError/notFound``.
    public func allow(_ id: CustomerID) throws {
        guard try reader.status(of: id) == .denied else { return }
        try transaction.execute(
            "UPDATE customer SET status = 'active', deny_reason = NULL, rev = rev + 1 WHERE id = ?",
            .integer(id.rawValue))
        try timeline.append(.customerAllowed, customer: id)
    }
}
