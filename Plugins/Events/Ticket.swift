import ChannelKit

/// One ticket of an order.
struct Ticket {
    private let details: Details
    /// Nil when the attendee is a name alone, or absent.
    private let attendee: Details?

    /// - Throws: ``ChannelRefusal`` when the attendee is neither a name nor an object.
    init(_ details: Details) throws {
        self.details = details
        switch details.json["attendee"] {
        case nil, .null, .string: attendee = nil
        case .object: attendee = try details.object("attendee")
        case .bool, .number, .array:
            throw ChannelRefusal.badDetail(details.path(of: "attendee"), "a name or an object is needed here")
        }
    }

    /// The paths of what the ticket lacks.
    var missing: [String] {
        guard let attendee else { return details.missing("type", "attendee") }
        let isNobody = attendee.missing("name", "email").count == 2
        return details.missing("type") + (isNobody ? attendee.missing("name") : [])
    }

    /// Refuses what is there but is no text.
    func check() throws {
        for name in ["type", "seat"] { _ = try details.text(name) }
        for name in ["name", "email"] { _ = try attendee?.text(name) }
    }

    /// The ticket for people, such as "Balcony, seat 4: Bo Li, bo@example.org".
    var text: String {
        let seat = details.line("", "seat").map { "seat \($0.text)" }
        let place = [details.line("", "type")?.text, seat].compactMap(\.self).joined(separator: ", ")
        let person =
            attendee.map { attendee in ["name", "email"].compactMap { attendee.line("", $0)?.text } }
            ?? [details.line("", "attendee")?.text].compactMap(\.self)
        return [place, person.joined(separator: ", ")].filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
