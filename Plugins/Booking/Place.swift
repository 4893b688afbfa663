import ChannelKit

/// What bookings vie for: a resource, or a service that needs none, where nobody else may be at the same time than fits.
struct Place: Equatable {
    /// Names the place in the table of bookings.
    let key: String
    let capacity: Int64

    /// A place; nil where nothing is set up, so that nothing is checked.
    ///
    /// - Parameters:
    ///   - service: What is booked; nil when nobody has set it up.
    ///   - resource: What it is booked on; nil when nobody has set it up.
    ///   - word: What the caller calls the resource.
    ///   - isTest: Test bookings have a calendar of their own.
    init?(of service: Service?, on resource: Resource?, called word: String?, isTest: Bool) {
        let calendar = isTest ? "test " : ""
        if let resource {
            key = "\(calendar)r\(resource.id)"
            capacity = resource.capacity
        } else if let service {
            key = "\(calendar)s\(service.id) \(Service.key(word ?? ""))"
            capacity = service.seats ?? 1
        } else {
            return nil
        }
    }

    /// How many people more fit during a span; none beside others where a service has its place to itself.
    func left(in busy: Range<Int64>, for service: Service?, besides others: [Occupation]) -> Int64 {
        let others = others.filter { $0.busy.overlaps(busy) }
        guard let service, let seats = service.seats else { return others.isEmpty ? capacity : 0 }
        let ofService = others.filter { $0.service == service.id }
        let left = min(capacity - peak(of: others, in: busy), seats - peak(of: ofService, in: busy))
        return max(left, 0)
    }

    /// The most that others take at any one instant of a span, buffers included.
    private func peak(of others: [Occupation], in busy: Range<Int64>) -> Int64 {
        var changes: [(at: Int64, by: Int64)] = []
        for other in others {
            let seats = other.seats ?? capacity
            changes.append((max(other.busy.lowerBound, busy.lowerBound), seats))
            if other.busy.upperBound < busy.upperBound { changes.append((other.busy.upperBound, -seats)) }
        }
        // Who leaves makes room for who comes at that instant.
        changes.sort { ($0.at, $0.by) < ($1.at, $1.by) }
        var taken: Int64 = 0
        var peak: Int64 = 0
        for change in changes {
            taken += change.by
            peak = max(peak, taken)
        }
        return peak
    }
}
