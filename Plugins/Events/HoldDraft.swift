import ChannelKit

/// An order of tickets that are held and not yet paid.
enum HoldDraft {
    static func make(_ event: Event, tickets: [JSON], until: Instant, buyer: Buyer, currency: Currency) throws
        -> OrderDraft
    {
        let details = JSON.object([
            .init(name: "event", value: .string(event.key)), .init(name: "tickets", value: .array(tickets)),
            .init(name: "hold_until", value: .string(until.text)),
        ])
        var draft = OrderDraft(
            channel: Events.descriptor.id, ext: nil, buyer: buyer, kind: .order, state: .open, currency: currency,
            lines: [], declared: nil, details: JSONFragment(of: details.canonical))
        draft.channelState = "held"
        draft.isStateGiven = true
        return draft
    }
}
