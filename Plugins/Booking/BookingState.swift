import ChannelKit

/// What the states of bookings mean.
enum BookingState {
    /// Whether a booking keeps others from its place: not when it is over without having been used, and no return.
    static func takesPlace(_ kind: OrderKind, _ state: OrderState, _ own: String?) -> Bool {
        switch (kind, state) {
        case (.return, _), (_, .cancelled), (_, .refunded), (_, .expired): false
        case (.order, .open), (.order, .confirmed): true
        case (.order, .completed): own != "no-show"
        }
    }

    /// Whether a new order asks for a time, or says that it was used; not where it tells of what came to nothing.
    static func isAsked(_ kind: OrderKind, _ state: OrderState) -> Bool {
        switch (kind, state) {
        case (.return, _), (_, .cancelled), (_, .refunded), (_, .expired): false
        case (.order, .open), (.order, .confirmed), (.order, .completed): true
        }
    }

    /// An order's state in the channel's own words; the common one where the channel has none for it.
    static func own(_ order: Order) -> String {
        switch order.state {
        // A refund leaves the channel's state as it was.
        case .refunded, .expired: order.state.rawValue
        case .open: order.channelState ?? "requested"
        case .confirmed: order.channelState ?? "confirmed"
        case .completed: order.channelState ?? "attended"
        case .cancelled: "cancelled"
        }
    }
}
