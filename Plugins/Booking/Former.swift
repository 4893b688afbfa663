import ChannelKit

/// The times a booking had before it was moved, kept in its details.
enum Former {
    /// So many are kept with an order.
    private static let most = 500

    /// The former times as a member of the details, with the present one added when the booking is being moved.
    ///
    /// - Throws: ``ChannelRefusal`` with slug `moved-too-often`.
    static func member(of details: Details, adding isMoved: Bool, at now: Instant) throws -> JSON.Member {
        var times = details.json["former"]?.arrayValue ?? []
        if isMoved {
            guard times.count < most else {
                throw ChannelRefusal(
                    "moved-too-often", "it has been moved \(most) times; cancel it and book anew")
            }
            let kept = ["start_at", "end_at", "time_zone", "resource"].compactMap { name in
                details.json[name].map { JSON.Member(name: name, value: $0) }
            }
            times.append(.object(kept + [JSON.Member(name: "moved_at", value: .string(now.text))]))
        }
        return JSON.Member(name: "former", value: times.isEmpty ? .null : .array(times))
    }

    /// Details without the member when there is nothing in it.
    static func dropped(from details: JSONFragment) -> JSONFragment {
        // The text comes from a JSON writer.
        guard let members = (try? JSON(parsing: details.bytes))?.objectValue else { return details }
        return JSONFragment(of: JSON.object(members.filter { $0.name != "former" || $0.value != .null }).canonical)
    }

    /// The former times for people, earliest first.
    static func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // What is no time has no line.
        let times = (try? details.objects("former")) ?? []
        return times.compactMap { time in
            guard let span = BookedSpan(storedIn: time) else { return nil }
            let text = "\(Clock(zone: span.zone).text(at: span.start)) \(span.zone.identifier)"
            return DetailLine(
                occasion.word("Formerly", de: "Zuvor", tr: "Önceki"),
                [text, time.line("", "resource")?.text].compactMap(\.self).joined(separator: ", "))
        }
    }
}
