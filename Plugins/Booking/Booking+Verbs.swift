public import ChannelKit

extension Booking {
    public static var verbs: [ChannelVerb] { setUp + times + changes }

    private static let setUp: [ChannelVerb] = [
        .read("services", "lists what can be booked", [.limit, .after], Booking.services),
        .write(
            "set-service", "sets up what can be booked, or changes what is said of it", roles: [.staff],
            [
                .required("service", .text, "the word for it, as details name it", maximum: 100),
                .optional("name", .text, "what people read; the word where absent", maximum: 200),
                .optional("duration", .integer, "how long it takes, in minutes; without it each booking says its end"),
                .optional("before", .integer, "minutes its resource is busy before it"),
                .optional("after", .integer, "minutes its resource is busy after it"),
                .optional("step", .integer, "minutes between the starts that are offered; the duration where absent"),
                .optional(
                    "seats", .integer,
                    "how many people share a place at a time, as in a class; without it each booking has it alone"),
                .optional("price", .amount, "what it costs, in the tenant's currency; nothing where never said"),
                .optional("price_per", .text, "booking, or person for each of the party"),
                .optional("tax_rate", .text, "the tax contained in the price, in percent"),
                .optional("resources", .words, "what can do it, the preferred first; without any the shop as a whole"),
                .optional("active", .flag, "false to take no new bookings"),
                .optional("clear", .words, "what to leave unsaid from now on: duration, step, seats, price, tax_rate"),
            ], Booking.setService),
        .read("resources", "lists what bookings take up: chairs, rooms, people", [.limit, .after], Booking.resources),
        .write(
            "set-resource", "sets up what bookings take up, or changes what is said of it", roles: [.staff],
            [
                .required("resource", .text, "the word for it, as details name it", maximum: 100),
                .optional("name", .text, "what people read; the word where absent", maximum: 200),
                .optional("capacity", .integer, "how many people fit at a time; 1 where never said"),
                .optional("time_zone", .text, "where its clock hangs; the tenant's where never said"),
                .optional("active", .flag, "false to take no new bookings"),
            ], Booking.setResource),
        .read(
            "hours", "shows when a resource is open",
            [.required("resource", .text, "which"), .optional("from", .text, "other hours from this date on; today")],
            Booking.hours),
        .write(
            "set-hours", "says when a resource is open, by weekdays or for single dates", roles: [.staff],
            [
                .required("resource", .text, "which"),
                .optional("days", .words, "mon, tue, wed, thu, fri, sat, sun, or dates such as 2026-12-24"),
                .optional("open", .words, "such as 09:00-12:00,13:00-18:00 or 22:00-02:00; nothing for closed"),
                .optional("usual", .flag, "true: the dates have the hours of their weekdays again"),
                .optional("always", .flag, "true: open all week; weekly hours are forgotten"),
            ], Booking.setHours),
        .write(
            "close", "closes a resource, or all of the shop, for some time; bookings there are stay", roles: [.staff],
            [
                .optional("resource", .text, "which; all of the shop where absent"),
                .required(
                    "from", .text, "a date, or a time such as 2026-12-24T14:00, as the resource's clock shows it"),
                .required("to", .text, "until this time; a date alone is included"),
                .optional("reason", .text, "why", maximum: 200),
            ], Booking.close),
        .write(
            "reopen", "takes a closure back", roles: [.staff], [.required("id", .integer, "the closure")],
            Booking.reopen),
        .read(
            "closures", "lists closures that are not over, the latest first",
            [.optional("resource", .text, "only those that concern this one"), .limit, .after], Booking.closures),
    ]

    private static let times: [ChannelVerb] = [
        .read(
            "availability", "lists the times at which a service is free, the earliest first",
            [
                .required("service", .text, "what is to be booked"),
                .optional("from", .time, "the earliest start; now where absent or past"),
                .optional(
                    "to", .time, "starts before this; a day alone is included; a week from the first where absent"),
                .optional("resource", .text, "only on this"),
                .optional("party_size", .integer, "for how many people; 1 where absent"),
                .optional("duration", .integer, "in minutes, for a service that does not say it"),
                .optional("time_zone", .text, "whose clock tells the times; each resource's own where absent"),
                .limit, .after,
            ], Booking.availability),
        .read(
            "list", "lists bookings by their start, the earliest first",
            [
                .optional("day", .text, "only those that start on this date"),
                .optional("from", .time, "those that start at this time or later"),
                .optional("to", .time, "those that start before this; a day alone is included"),
                .optional("resource", .text, "only those on this"),
                .optional("service", .text, "only those of this"),
                .optional("cancelled", .flag, "also those that take no place: cancelled, refunded, no-show"),
                .limit, .after,
            ], Booking.list),
    ]

    private static let reference: [Parameter] = [
        .optional("id", .integer, "the booking's order"),
        .optional("ext", .text, "or the channel's own id of it"),
        .optional("if_rev", .integer, "refuse if the order is no longer at this revision"),
    ]

    private static let changes: [ChannelVerb] = [
        .write("confirm", "confirms a booking that was requested", reference, Booking.confirm),
        .write(
            "reschedule", "moves a booking to another time or resource; its former times stay known",
            reference + [
                .optional("start", .text, "the new start; the old one where absent"),
                .optional("end", .text, "the new end; as long as before where absent"),
                .optional("resource", .text, "on what; the same where absent, any for the first that is free"),
                .optional("time_zone", .text, "where wall time is meant; the booking's where absent"),
                .optional("start_offset", .text, "which is meant where the clocks show the start twice"),
                .optional("end_offset", .text, "which is meant where the clocks show the end twice"),
                .optional("outside_hours", .flag, "true: staff may book outside the opening hours"),
            ], Booking.reschedule),
        .write("cancel", "cancels a booking; its place is free again", reference, Booking.cancel),
        .write("attend", "says that whoever booked has come", reference, Booking.attend),
        .write(
            "no-show", "says that whoever booked has not come; its place is free again", reference, Booking.noShow),
    ]
}
