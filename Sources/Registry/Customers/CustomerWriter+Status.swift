internal import Storage

extension CustomerWriter {
    /// Denies a customer: no sign-in, and every channel refuses the order.
    ///
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/erased``.
    public func deny(_ id: CustomerID, _ reasons: DenialReasons) throws {
        guard try reader.status(of: id) != .erased else { throw CustomerError.erased }
        // The ledger of what a restore must not undo knows contacts by their keyed hashes only.
        _ = try TenantSecret.madeKey(.suppression, transaction)
        try put(.denied, to: id, reasons)
        // The reasons stay out of the timeline: entries are also read by others than staff.
        try timeline.append(.customerDenied, customer: id)
    }

    /// Lifts a denial, also that of the customer's contacts; a customer who is not denied stays as is.
    ///
    /// - Throws: ``CustomerError/notFound``.
    public func allow(_ id: CustomerID) throws {
        let customer = try reader.customer(id)
        guard customer.status == .denied else { return }
        let denials = DenialWriter(transaction, occasion)
        for contact in customer.fields.contacts { try denials.lift(contact) }
        try put(.active, to: id, DenialReasons(inner: nil, outer: nil))
        try timeline.append(.customerAllowed, customer: id)
    }

    /// Lets a customer sign in no more; orders are still taken.
    ///
    /// - Throws: ``CustomerError/notFound``, and ``CustomerError/wrongStatus(_:)`` for one who is denied or erased.
    public func disable(_ id: CustomerID) throws {
        try change(id, from: .active, to: .disabled, .customerDisabled)
    }

    /// Lets a customer sign in again who was disabled.
    ///
    /// - Throws: ``CustomerError/notFound``, and ``CustomerError/wrongStatus(_:)`` for one who is denied or erased.
    public func enable(_ id: CustomerID) throws {
        try change(id, from: .disabled, to: .active, .customerEnabled)
    }

    private func change(_ id: CustomerID, from: CustomerStatus, to: CustomerStatus, _ topic: Topic) throws {
        let status = try reader.status(of: id)
        guard status != to else { return }
        guard status == from else { throw CustomerError.wrongStatus(status) }
        try put(to, to: id, DenialReasons(inner: nil, outer: nil))
        try timeline.append(topic, customer: id)
    }

    /// Every change of status passes here, so that here is known who may no longer sign in.
    private func put(_ status: CustomerStatus, to id: CustomerID, _ reasons: DenialReasons) throws {
        try transaction.execute(
            "UPDATE customer SET status = ?, deny_reason = ?, public_reason = ?, rev = rev + 1 WHERE id = ?",
            .text(status.rawValue), .text(orNull: reasons.inner), .text(orNull: reasons.outer), .integer(id.rawValue))
        switch status {
        case .active: break
        case .disabled, .denied, .erased: try AccountWriter(transaction, occasion).shutOut(id)
        }
    }
}
