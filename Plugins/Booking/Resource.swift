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
}
