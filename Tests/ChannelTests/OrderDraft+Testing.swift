import ChannelKit

extension OrderDraft {
    /// Sets the state as a caller does who chooses it.
    mutating func give(_ state: OrderState, _ channelState: String? = nil) {
        self.state = state
        self.channelState = channelState
        isStateGiven = true
    }

    /// Sells in another currency.
    mutating func sell(in code: String) throws {
        currency = try Currency(code)
        declared = Money(minor: 1200, currency: currency)
    }
}
