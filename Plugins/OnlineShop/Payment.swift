import ChannelKit

/// What the details say about the money.
struct Payment {
    /// How an order stands with its money.
    enum State: String, CaseIterable {
        case pending
        case authorized
        case partiallyPaid = "partially_paid"
        case paid
        case partiallyRefunded = "partially_refunded"
        case refunded
        case failed
        /// Nothing is due and nothing was paid: it was cancelled before.
        case voided

        /// Whether nothing is due any more.
        var isSettled: Bool {
            switch self {
            case .paid, .partiallyRefunded, .refunded, .voided: true
            case .pending, .authorized, .partiallyPaid, .failed: false
            }
        }

        static let words = allCases.map(\.rawValue)
    }

    /// Nil when nothing is said about it.
    let state: State?
    private let amountMinor: Int64?
    private let toldRefundedMinor: Int64?

    /// - Throws: ``ChannelRefusal`` for an unknown state or an amount below 0.
    init(_ details: Details?, in currency: Currency) throws {
        state = try details?.word("state", among: State.words).flatMap(State.init)
        amountMinor = try details?.minorUnits("amount", in: currency)
        toldRefundedMinor = try details?.minorUnits("refunded", in: currency)
        _ = try details?.text("method")
    }

    /// Whether the money has arrived, wherever it has gone since.
    var isReceived: Bool {
        switch state {
        case .paid, .partiallyPaid, .partiallyRefunded, .refunded: true
        case .pending, .authorized, .failed, .voided, nil: false
        }
    }

    /// What has arrived, in minor units; nil when that is nothing or not told.
    var receivedMinor: Int64? {
        if state == .partiallyPaid { return amountMinor ?? 0 }
        return isReceived ? amountMinor : nil
    }

    /// How much of it went back, in minor units; nil when that is nothing, all of it or not told.
    var refundedMinor: Int64? { state == .partiallyRefunded ? toldRefundedMinor : nil }
}
