import ChannelKit

extension Events {
    static let details: [DetailMember] = [
        .init("event", "the event, as events.create calls it, or free text; needed"),
        .init("tickets.type", "the type of a ticket; tickets is a list; needed"),
        .init("tickets.attendee", "who comes: a name, or an object; needed unless it is held"),
        .init("tickets.attendee.name", "who comes"),
        .init("tickets.attendee.email", "where to reach them"),
        .init("tickets.seat", "the seat"),
        .init("tickets.note", "what is to be known of it"),
        .init("date", "when it is; an event that is set up tells it"),
        .init("time_zone", "where the clock hangs; an event that is set up tells it"),
        .init("hold_until", "until when the tickets are kept for the buyer; who comes may be told later then"),
    ]
}
