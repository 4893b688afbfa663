import ChannelKit

/// What the details say about the goods.
struct Fulfilment {
    /// How an order stands with its goods.
    enum State: String, CaseIterable {
        case unfulfilled
        case partial
        case fulfilled
        case partiallyReturned = "partially_returned"
        case returned
        /// Nothing left and nothing will.
        case cancelled

        /// Whether all that is to leave has left.
        var isDone: Bool {
            switch self {
            case .fulfilled, .partiallyReturned, .returned: true
            case .unfulfilled, .partial, .cancelled: false
            }
        }

        static let words = allCases.map(\.rawValue)
    }

    /// A parcel that somebody told of.
    struct Parcel: Equatable {
        let carrier: String?
        let number: String?

        init(_ details: Details) throws {
            self.init(carrier: try details.text("carrier"), number: try details.text("number"))
        }

        init(carrier: String?, number: String?) {
            self.carrier = carrier
            self.number = number
        }
    }

    /// Nil when nothing is said about it.
    let state: State?
    let parcels: [Parcel]

    /// - Throws: ``ChannelRefusal`` for an unknown state or tracking that is no list of objects.
    init(_ details: Details?) throws {
        state = try details?.word("state", among: State.words).flatMap(State.init)
        parcels = try details?.objects("tracking").map(Parcel.init) ?? []
    }
}
