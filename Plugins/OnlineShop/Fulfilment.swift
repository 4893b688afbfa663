import ChannelKit

/// What the details say about the goods.
struct Fulfilment {
    enum State: String, CaseIterable {
        case unfulfilled
        case partial
        case fulfilled
        case returned
    }

    /// Nil when nothing is said about it.
    let state: State?

    /// - Throws: ``ChannelRefusal`` for an unknown state or tracking that is no list of objects.
    init(_ details: Details?) throws {
        state = try details?.word("state", among: State.allCases.map(\.rawValue)).flatMap(State.init)
        for parcel in try details?.objects("tracking") ?? [] {
            _ = try parcel.text("carrier")
            _ = try parcel.text("number")
        }
    }
}
