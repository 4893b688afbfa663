internal import Storage

extension OrderReader {
    /// The orders that may be shown to the customer, newest first.
    ///
    /// Whoever has not shown that the e-mail address is their own sees only what was ordered while signed in or was
    /// given to them by staff: an order that a guest placed with the same address may be somebody else's.
    ///
    /// - Returns: At most `limit` orders, and where to go on; nil at the end. A page may hold fewer and still go on.
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/merged(into:)``.
    public func orders(
        shownTo customer: CustomerID, after cursor: OrderCursor?, limit: Int
    ) throws -> (orders: [Order], next: OrderCursor?) {
        var filter = OrderFilter()
        filter.customer = customer
        filter.matches = try shownMatches(to: customer)
        return try orders(filter, after: cursor, limit: limit)
    }

    /// Nobody confirms telephone numbers, so an order that one led here may be a stranger's.
    private func shownMatches(to customer: CustomerID) throws -> Set<MatchReason> {
        let isVerified = try CustomerReader(transaction).customer(customer).emailVerifiedAt != nil
        return isVerified ? [.given, .email, .externalID, .created] : [.given]
    }
}
