public import ChannelKit

extension Events {
    public static var verbs: [ChannelVerb] { programme + selling + door + waitingLists }

    static let event = Parameter.required("event", .text, "the event's key", maximum: 64)
    static let type = Parameter.required("type", .text, "the ticket type's key", maximum: 64)
    private static let order = Parameter.required("order", .integer, "the order")
    private static let ticket = Parameter.required("ticket", .integer, "the ticket's number")

    private static func offset(_ name: String) -> Parameter {
        .optional("\(name)_offset", .text, "such as +02:00, where the clocks show \(name) twice", maximum: 6)
    }

    private static let sales = [offset("sales_starts"), offset("sales_ends")]

    private static let times: [Parameter] =
        [
            .optional("ends", .time, "when it ends"), .optional("place", .text, "where it is"),
            .optional("time_zone", .text, "the zone its times are told in; the tenant's where not said"),
            .optional("sales_starts", .time, "tickets are sold from then on; at once where not said"),
            .optional("sales_ends", .time, "tickets are sold until then; until it ends or begins where not said"),
            offset("starts"), offset("ends"),
        ] + sales

    private static let programme: [ChannelVerb] = [
        .write(
            "create", "sets up an event; without ticket types orders to it are still taken as free text",
            roles: [.staff],
            [
                .required("event", .text, "its key in orders and verbs: a-z, 0-9, dots and hyphens", maximum: 64),
                .required("title", .text, "what it is called"),
                .required("starts", .time, "when it begins; without an offset in its own time zone"),
            ] + times, Events.create),
        .write(
            "update", "changes an event; moved in time or place, it says how many orders that affects", roles: [.staff],
            [
                event, .optional("title", .text, "what it is called"), .optional("starts", .time, "when it begins"),
                .optional("state", .text, "on-sale, or closed to sell no more tickets"),
                .optional("notify", .flag, "true writes to the buyers and attendees when it moves"),
            ] + times, Events.update),
        .read("show", "shows an event and what is sold, held and left of each ticket type", [event], Events.show),
        .read(
            "list", "lists events by their beginning, a page at a time",
            [
                .optional("state", .text, "only those on-sale, closed or cancelled"),
                .optional("from", .time, "only those that begin then or later"),
                .optional("to", .time, "only those that begin before then"), .limit, .after,
            ], Events.list),
        .read(
            "ticket-types", "lists the ticket types of an event, with what is sold, held and left", [event],
            Events.ticketTypes),
        .write(
            "set-ticket-type", "makes a ticket type, or changes what is told of it", roles: [.staff],
            [
                event, .required("type", .text, "its key in orders and verbs", maximum: 64),
                .optional("name", .text, "what people call it; the key where not said"),
                .optional("price", .amount, "what one costs, tax included; a new type needs it, 0 for free"),
                .optional("tax_rate", .text, "the tax in the price, in per cent"),
                .optional("quota", .integer, "how many there are; no end of them where not said"),
                .optional("per_order", .integer, "how many an order may have at most"),
                .optional("sales_starts", .time, "sold from then on"),
                .optional("sales_ends", .time, "sold until then"),
            ] + sales, Events.setTicketType),
        .write(
            "cancel-event",
            "cancels an event, its tickets and orders, and writes to the buyers; again as long as it says more are left",
            roles: [.staff],
            [
                event, .optional("reason", .text, "told to the buyers"),
                .optional("refund", .flag, "paid orders become refunded; else they stay until order.refund"),
                .optional("message", .flag, "false writes to nobody"),
                .optional("limit", .integer, "how many orders at a time, 1 to 1000; 1000 where not said"),
            ], worksSwitchedOff: true, Events.cancelEvent),
    ]

    private static let selling: [ChannelVerb] = [
        .write(
            "hold", "keeps tickets for a while: an open order that expires unless events.pay comes in time",
            [
                event, .required("tickets", .list, "[{type, attendee, seat}]; the attendee may be told later"),
                .optional("customer", .buyer, "an id, or {email, name, phone, …}; nobody where absent"),
                .optional("minutes", .integer, "how long; the setting hold_minutes where not said"),
            ], Events.hold),
        .write(
            "pay", "notes that held tickets are paid; after the hold only if as many are still to be had", [order],
            Events.pay), .write("release", "gives held tickets back before their time", [order], Events.release),
        .read(
            "tickets", "shows the tickets of an order with the secrets to print on them", roles: [.staff, .channel],
            [order], Events.tickets),
        .write(
            "reissue", "makes a new secret for a ticket; the former print opens no door any more", [ticket],
            Events.reissue),
        .write(
            "refund-ticket", "gives one ticket of an order back, and its price",
            [ticket, .optional("amount", .amount, "how much; what the ticket came to where not said")],
            worksSwitchedOff: true, Events.refundTicket),
        .write(
            "sweep",
            "ends holds that are over and offers what they leave to those who wait; happens by itself",
            [.optional("event", .text, "only this event's", maximum: 64)], Events.sweep),
    ]

    private static let door: [ChannelVerb] = [
        .write(
            "check-in", "lets the bearer of a ticket in, once",
            [
                event, .optional("ticket", .integer, "the ticket's number, found among the attendees"),
                .optional("secret", .text, "or what is printed on it", maximum: 128),
                .optional("where", .text, "the door or the device", maximum: 256),
            ], worksSwitchedOff: true, Events.checkIn),
        .write(
            "undo-check-in", "takes a check-in back, as after a mistake at the door", [ticket],
            worksSwitchedOff: true, Events.undoCheckIn),
        .read(
            "attendees", "lists the tickets to an event with who comes on them, a page at a time",
            [
                event, .optional("search", .text, "only whose name or e-mail has this in it", maximum: 256),
                .optional("state", .text, "only held, valid, checked-in, cancelled or expired ones"), .limit, .after,
            ], Events.attendees),
        .write(
            "rename-attendee", "says who comes on a ticket",
            [
                ticket, .optional("name", .text, "who; empty for nobody, as it was where not said"),
                .optional("email", .text, "the address; empty for none, as it was where not said"),
            ], Events.renameAttendee),
    ]

    private static let waitingLists: [ChannelVerb] = [
        .write(
            "join-waiting-list", "puts a customer on the waiting list of a ticket type that is sold out",
            [
                event, type, .required("customer", .buyer, "an id, or {email, name, phone, …}"),
                .optional("count", .integer, "how many tickets; 1 where not said"),
            ], Events.joinWaitingList),
        .write(
            "leave-waiting-list", "takes a customer off a waiting list",
            [event, type, .required("customer", .integer, "whose wish it was")], Events.leaveWaitingList),
        .read(
            "waiting-list", "lists who waits for tickets to an event, in their order, a page at a time",
            [
                event, .optional("type", .text, "only this ticket type's", maximum: 64),
                .optional("all", .flag, "also who got an offer or left"), .limit, .after,
            ], Events.waitingList),
        .write(
            "offer", "offers what is free to the waiting list now, as happens whenever tickets come back", [event],
            Events.offer),
    ]
}
