import ChannelKit

/// One ticket of an order, as its details tell of it.
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
        case .bool, .number, .array: throw details.bad("attendee", "a name or an object is needed here")
        }
    }

    /// The paths of what the ticket lacks; who comes on a ticket that is only held may be told later.
    func missing(isHeld: Bool) -> [String] {
        guard let attendee else { return isHeld ? details.missing("type") : details.missing("type", "attendee") }
        let isNobody = attendee.missing("name", "email").count == 2
        return details.missing("type") + (isNobody ? attendee.missing("name") : [])
    }

    /// Refuses what is there but is no text.
    func check() throws {
        for name in ["type", "seat"] { _ = try details.text(name) }
        guard let attendee else { return }
        _ = try attendee.text("name")
        if attendee.missing("email").isEmpty { try attendee.checkEmail("email") }
    }

    var type: String { line("type") ?? "" }

    var seat: String? { line("seat") }

    /// What makes two seats of an event the same.
    var seatKey: String? { seat.map(Folding.folded) }

    var attendeeName: String? { attendee.map { $0.line("", "name")?.text } ?? line("attendee") }

    var attendeeEmail: String? { attendee?.line("", "email")?.text }

    /// What a search for the attendee looks through; nil where nobody is named.
    var attendeeFolded: String? {
        let words = [attendeeName, attendeeEmail].compactMap(\.self).map(Folding.folded)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The ticket for people, such as "Balcony, seat 4: Bo Li, bo@example.org".
    func text(_ occasion: Occasion) -> String {
        let word = occasion.word("seat", de: "Platz", tr: "koltuk")
        let place = [line("type"), seat.map { "\(word) \($0)" }].compactMap(\.self).joined(separator: ", ")
        let person = [attendeeName, attendeeEmail].compactMap(\.self).joined(separator: ", ")
        return [place, person].filter { !$0.isEmpty }.joined(separator: ": ")
    }

    /// A text of the ticket's own; nil for what is blank or was erased.
    private func line(_ name: String) -> String? { details.line("", name)?.text }
}
