public import StrictJSON

/// An order as a channel submits it, in the terms all channels share.
public struct OrderDraft: Sendable, Equatable {
    public var channel: String
    /// The channel's own id; nil lets the registry make one up.
    public var ext: String?
    public var buyer: Buyer
    public var kind: OrderKind
    public var state: OrderState
    public var channelState: String?
    /// Whether the caller chose the state; if not, the channel does.
    public var isStateGiven = false
    /// Nil for now.
    public var placedAt: Instant?
    public var currency: Currency
    public var lines: [OrderLine]
    /// What the channel says it comes to: with lines a check of the total, without lines the amount itself.
    public var declared: Money?
    /// What comes on top of the lines and takes no discount, such as shipping; in minor units.
    public var chargesMinor: Int64 = 0
    /// The tax contained in the charges, in minor units.
    public var chargesTaxMinor: Int64 = 0
    /// What has been paid so far, in minor units.
    public var paidMinor: Int64 = 0
    /// All of it has been paid, whatever it comes to.
    public var isPaidInFull = false
    /// What of it has gone back by now, in minor units; nil where nobody tells it.
    public var givenBackMinor: Int64?
    /// All that was paid has gone back, whatever that is.
    public var isGivenBackInFull = false
    public var coupon: String?
    /// The hold of a coupon that the order uses up; with it the coupon need not be named.
    public var hold: CouponHoldID?
    public var consent: [ConsentStatement] = []
    /// Where it goes and who pays, as far as the channel says.
    public var addresses: [OrderAddress] = []
    /// What the channel alone understands: canonical JSON text of an object.
    public var details: JSONFragment
    public var isTest = false
    /// Identifies what the channel submitted, before anything was derived from it; nil until ``noteSubmitted()``.
    private(set) var submittedDigest: [UInt8]?

    public init(
        channel: String, ext: String?, buyer: Buyer, kind: OrderKind, state: OrderState, currency: Currency,
        lines: [OrderLine], declared: Money?, details: JSONFragment
    ) {
        self.channel = channel
        self.ext = ext
        self.buyer = buyer
        self.kind = kind
        self.state = state
        self.currency = currency
        self.lines = lines
        self.declared = declared
        self.details = details
    }

    /// Takes down what was submitted, once: what is derived later, from settings, actor or time, makes no other order
    /// of it.
    public mutating func noteSubmitted() {
        guard submittedDigest == nil else { return }
        submittedDigest = contentDigest()
    }

    /// Identifies what was submitted.
    var digest: [UInt8] { submittedDigest ?? contentDigest() }

    /// What makes two submissions the same, in 32 bytes.
    private func contentDigest() -> [UInt8] {
        var digest = SHA256Digest()
        switch buyer {
        case .customer(let id): digest.update(id.rawValue)
        case .described(let description): digest.update(description.content.text)
        case .anonymous: digest.update("")
        }
        digest.update(kind.rawValue)
        digest.update(state.rawValue)
        digest.update(channelState ?? "")
        digest.update(isStateGiven ? 1 : 0)
        digest.update(placedAt?.seconds ?? .min)
        digest.update(currency.code)
        for line in lines {
            digest.update(line.sku ?? "")
            digest.update(line.name ?? "")
            digest.update(line.quantity.micros)
            digest.update(line.unitPrice.micros)
            digest.update(line.taxRate?.millionths ?? -1)
        }
        digest.update(declared?.minor ?? .min)
        digest.update(chargesMinor)
        if chargesTaxMinor != 0 { digest.update(chargesTaxMinor) }
        digest.update(paidMinor)
        digest.update(isPaidInFull ? 1 : 0)
        digest.update(coupon.map(CouponTerms.key) ?? "")
        if let hold { digest.update(hold.rawValue) }
        for statement in consent {
            digest.update(statement.purpose.rawValue)
            digest.update(statement.wording ?? "")
            digest.update(statement.isGranted ? 1 : 0)
        }
        digest.update(details.text)
        digest.update(isTest ? 1 : 0)
        return digest.finish()
    }
}
