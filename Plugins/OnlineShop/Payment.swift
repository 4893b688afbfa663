import ChannelKit

/// What the details say about the money.
struct Payment {
    enum State: String, CaseIterable {
        case pending
        case authorized
        case paid
        case partiallyRefunded = "partially_refunded"
        case refunded
        case failed
    }

    /// Nil when nothing is said about it.
    let state: State?
    private let amountMinor: Int64?

    /// - Throws: ``ChannelRefusal`` for an unknown state or an amount below 0.
    init(_ details: Details?, in currency: Currency) throws {
        state = try details?.word("state", among: State.allCases.map(\.rawValue)).flatMap(State.init)
        amountMinor = try details?.minorUnits("amount", in: currency)
        _ = try details?.text("method")
    }

    /// Whether the money has arrived, wherever it has gone since.
    var isReceived: Bool {
        switch state {
        case .paid, .partiallyRefunded, .refunded: true
        case .pending, .authorized, .failed, nil: false
        }
    }

    /// What has arrived, in minor units; nil when that is nothing or not told.
    var receivedMinor: Int64? { isReceived ? amountMinor : nil }
}
