import ChannelKit

/// What a booking takes up: a chair, a room, a table, a person.
struct Resource: Equatable {
    let id: Int64
    /// The word callers name it by, folded.
    let key: String
    var name: String
    /// Where its clock hangs: its hours and closures are told by it.
    var zone: TimeZone
    /// How many people fit at a time.
    var capacity: Int64
    /// Whether it has no weekly hours.
    var isAlwaysOpen: Bool
    var isActive: Bool

    /// What a booking's details call it: its name where that leads back to it.
    var word: String { Service.key(name) == key ? name : key }

    /// Refuses a resource that does not do a service.
    ///
    /// - Parameters:
    ///   - resource: Nil for one that nobody has set up.
    ///   - word: What the caller calls it.
    ///   - offered: What does the service; none where anything may.
    /// - Throws: ``ChannelRefusal`` with slug `wrong-resource`.
    static func refuse(_ resource: Resource?, called word: String, unlessAmong offered: [Resource]) throws {
        guard offered.isEmpty || offered.contains(where: { $0 == resource }) else {
            throw ChannelRefusal(
                "wrong-resource",
                "\(word) does not do this; choose of \(offered.map(\.word).joined(separator: ", "))")
        }
    }
}
