import ChannelKit

/// Looks for times at which a service is free.
struct FreeTimes {
    let desk: Desk
    let service: Service
    /// Nil stands for the shop as a whole.
    let resources: [Resource?]
    /// In seconds.
    let duration: Int64
    let partySize: Int64

    /// The times that start within a range of Unix time, earliest first, a day's worth of bookings at a time.
    func find(in range: Range<Int64>, after: FreeTime.Position?, limit: Int) throws -> [FreeTime] {
        let timetable = Timetable(services: desk.services)
        let hours = try resources.map {
            try timetable.hours(of: $0, in: range.lowerBound..<range.upperBound + duration)
        }
        var found: [FreeTime] = []
        var start = range.lowerBound
        while start < range.upperBound, found.count < limit {
            let day = start..<min(start + 86_400, range.upperBound)
            var times: [FreeTime] = []
            for rank in resources.indices { times += try self.times(starting: day, on: rank, hours[rank]) }
            found += times.filter { time in after.map { $0 < time.position } ?? true }
                .sorted { $0.position < $1.position }
            start = day.upperBound
        }
        return Array(found.prefix(limit))
    }

    private func times(starting day: Range<Int64>, on rank: Int, _ hours: OpeningHours) throws -> [FreeTime] {
        let resource = resources[rank]
        if let room = [service.seats, resource?.capacity].compactMap(\.self).min(), partySize > room { return [] }
        guard let place = Place(of: service, on: resource, called: nil, isTest: false) else { return [] }
        let (before, after) = (service.before * 60, service.after * 60)
        let others = try desk.occupations(
            of: place, in: day.lowerBound - before..<day.upperBound + duration + after)
        let open = hours.spans(in: day.lowerBound..<day.upperBound + duration)
        return starts(in: day, hours).compactMap { start in
            let time = start..<start + duration
            guard open.contains(where: { $0.lowerBound <= time.lowerBound && $0.upperBound >= time.upperBound }) else {
                return nil
            }
            let left = place.left(in: start - before..<time.upperBound + after, for: service, besides: others)
            guard left >= (service.seats == nil ? 1 : partySize) else { return nil }
            return FreeTime(
                position: FreeTime.Position(start, rank), end: time.upperBound, resource: resource, zone: hours.zone,
                left: left)
        }
    }

    /// The starts that are offered: from each opening in steps of time that goes by, whatever the clocks do.
    private func starts(in day: Range<Int64>, _ hours: OpeningHours) -> [Int64] {
        let step = (service.step ?? duration / 60) * 60
        var starts: Set<Int64> = []
        for opening in hours.openings(around: day) {
            let skipped = max(0, (day.lowerBound - opening.lowerBound + step - 1) / step)
            let first = opening.lowerBound + skipped * step
            starts.formUnion(stride(from: first, to: min(opening.upperBound, day.upperBound), by: Int64.Stride(step)))
        }
        return starts.sorted()
    }
}
