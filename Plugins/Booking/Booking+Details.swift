import ChannelKit

extension Booking {
    static let details: [DetailMember] = [
        .init("service", "what is booked; needed"),
        .init("start", "when it starts, as the clock shows it; needed"),
        .init("end", "when it ends; needed unless the service has a duration"),
        .init("time_zone", "where the clock hangs; needed unless the service is set up"),
        .init("start_offset", "such as +02:00, where the clocks show the start twice"),
        .init("end_offset", "the same of the end"),
        .init("resource", "on what or with whom; the first that is free where absent"),
        .init("party_size", "for how many people; 1 where absent"),
        .init("capacity", "how many there is room for"),
        .init("participant.name", "who comes, where it is not the buyer"),
        .init("participant.email", "where to reach them"),
        .init("participant.phone", "where to call them"),
        .init("note", "what the buyer wants the shop to know"),
        .init("outside_hours", "true: staff may book outside the opening hours"),
    ]
}
