internal import ChannelKit
internal import Hosting

extension Tenant {
    /// Counts requests against the tenant's limit unless they are the operator's.
    ///
    /// - Throws: `LimitError.requests(limit:retryAfter:)`.
    func admit(requests count: Int, of caller: Caller) throws {
        if caller.role != .operator { try admit(requests: count) }
    }
}

extension Verb {
    /// Whether it is refused while the tenant's registry takes all the bytes it may take.
    ///
    /// Not what takes something away, nor what is owed to somebody.
    var isBounded: Bool { isChanging && !Self.unbounded.contains(name) }

    private static let unbounded: Set<String> = [
        "account.end-sessions", "account.sign-out", "address.remove", "bulk.ungroup", "bulk.unsubscribe", "bulk.untag",
        "consent.unsubscribe", "coupon.delete", "coupon.release", "customer.deny", "customer.erase",
        "customer.purge-tests", "customer.undo-import", "field.remove", "group.delete", "group.remove", "me.delete",
        "me.remove-address", "message.cancel", "message.cancel-bulk", "message.discard", "order.cancel", "order.refund",
        "segment.delete", "staff.remove", "tag.delete", "tag.remove", "tenant.sweep", "token.revoke",
    ]
}
