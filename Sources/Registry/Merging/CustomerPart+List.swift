extension CustomerPart {
    /// Every part, in an order in which they can be purged: what refers to an order comes before the orders.
    static let all: [CustomerPart] = [
        evidence,
        consent,
        redemptions,
        holds,
        coupons,
        notes,
        comments,
        mentions,
        addresses,
        tags,
        groups,
        tickets,
        accounts,
        threads,
        mails,
        imports,
        externalIDs,
        timeline,
        orders,
        channels,
        totals,
        merges,
        survivors,
        distinctions,
    ]
}
