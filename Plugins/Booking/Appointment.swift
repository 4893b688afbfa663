import ChannelKit

/// A booking with what it takes of which place.
struct Appointment {
    let service: Service?
    let resource: Resource?
    /// Nil where the shop has set up nothing, so that nothing is checked.
    let place: Place?
    let span: BookedSpan
    let partySize: Int64
    /// How many people of a shared place; nil for all of it.
    let seats: Int64?
    /// With the buffers, in Unix time.
    let busy: Range<Int64>

    /// An appointment of a service, or of what nobody has set up.
    ///
    /// - Throws: ``ChannelRefusal`` for a party that never fits, and for what is longer than a year.
    init(
        _ service: Service?, on resource: Resource?, called word: String?, _ span: BookedSpan, partySize: Int64,
        isTest: Bool
    ) throws {
        self.service = service
        self.resource = resource
        self.span = span
        self.partySize = partySize
        place = Place(of: service, on: resource, called: word, isTest: isTest)
        seats = service?.seats == nil ? nil : partySize
        let margins = (before: (service?.before ?? 0) * 60, after: (service?.after ?? 0) * 60)
        busy = span.start.seconds - margins.before..<span.end.seconds + margins.after
        if let room = [service?.seats, resource?.capacity].compactMap(\.self).min(), partySize > room {
            throw Self.overCapacity(partySize, room)
        }
        if place != nil, span.length > 366 * 86_400 {
            throw ChannelRefusal("too-long", "a booking is at most 366 days long")
        }
    }

    static func overCapacity(_ party: Int64, _ room: Int64) -> ChannelRefusal {
        ChannelRefusal("over-capacity", "a party of \(party) is more than the \(room) there is room for")
    }
}
