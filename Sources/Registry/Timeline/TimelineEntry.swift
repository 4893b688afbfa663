public import StrictJSON

/// Something that happened in a shop; at once the timeline's entry and the feed's event.
public struct TimelineEntry: Sendable, Equatable {
    /// Numbered per tenant from 1, without gaps in commit order.
    public let seq: Int64
    public let at: Instant
    /// Such as "order.registered".
    public let topic: String
    /// Such as "staff:lena".
    public let actor: String
    public let customer: CustomerID?
    public let order: OrderID?
    /// What belongs to the topic, a JSON object.
    public let data: JSONFragment
}

/// What the timeline records.
public enum Topic: String, Sendable, CaseIterable {
    case customerCreated = "customer.created"
    case customerUpdated = "customer.updated"
    case customerErased = "customer.erased"
    case customerDenied = "customer.denied"
    case customerAllowed = "customer.allowed"
    case customerDisabled = "customer.disabled"
    case customerEnabled = "customer.enabled"
    case contactDenied = "contact.denied"
    case contactAllowed = "contact.allowed"
    case customerDistinct = "customer.distinct"
    case testsPurged = "tests.purged"
    case customerMerged = "customer.merged"
    case customerUnmerged = "customer.unmerged"
    case orderRegistered = "order.registered"
    case orderUpdated = "order.updated"
    case orderCancelled = "order.cancelled"
    case orderMoved = "order.moved"
    case orderRefunded = "order.refunded"
    case couponCreated = "coupon.created"
    case couponsGenerated = "coupon.generated"
    case couponUpdated = "coupon.updated"
    case couponAssigned = "coupon.assigned"
    case couponRedeemed = "coupon.redeemed"
    case couponReleased = "coupon.released"
    case couponArchived = "coupon.archived"
    case couponDeleted = "coupon.deleted"
    case consentSubscribed = "consent.subscribed"
    case consentUnsubscribed = "consent.unsubscribed"
    case consentPending = "consent.pending"
    case consentBounced = "consent.bounced"
    case consentSuppressed = "consent.suppressed"
    case tagAssigned = "tag.assigned"
    case tagRemoved = "tag.removed"
    case tagCreated = "tag.created"
    case tagRenamed = "tag.renamed"
    case tagMerged = "tag.merged"
    case tagDeleted = "tag.deleted"
    case noteAdded = "note.added"
    case groupCreated = "group.created"
    case groupUpdated = "group.updated"
    case groupDeleted = "group.deleted"
    case groupAssigned = "group.assigned"
    case groupRemoved = "group.removed"
    case messageSent = "message.sent"
    case messageReceived = "message.received"
    case importEnded = "import.ended"
    case importUndone = "import.undone"
    case segmentCreated = "segment.created"
    case segmentUpdated = "segment.updated"
    case segmentDeleted = "segment.deleted"
    case accountInvited = "account.invited"
    case accountActivated = "account.activated"
    case accountSignedIn = "account.signed-in"
    case accountPassword = "account.password"
    case accountEmailAsked = "account.email-asked"
    case accountLeft = "account.left"
    case messageFailed = "message.failed"
    case addressAdded = "address.added"
    case addressUpdated = "address.updated"
    case addressRemoved = "address.removed"
    case staffAdded = "staff.added"
    case staffUpdated = "staff.updated"
    case staffRemoved = "staff.removed"
    case commentAdded = "comment.added"
    case commentEdited = "comment.edited"
    case tenantRestored = "tenant.restored"
}
