public import StrictJSON

/// Two customers that are to become one.
public struct CustomerMerge: Sendable, Equatable {
    /// Whose word counts where the two differ.
    public enum Choice: String, Sendable, CaseIterable {
        case into
        case from
    }

    /// A field in which the two differ.
    public struct Conflict: Sendable, Equatable {
        /// The name on the socket; one of the shop's own fields is "custom." and its name.
        public let field: String
        public let into: JSON
        public let from: JSON
        public let choice: Choice
    }

    /// What a merge does, or would do.
    public struct Outcome: Sendable, Equatable {
        /// The surviving record as it is afterwards.
        public let customer: Customer
        public let conflicts: [Conflict]
        /// How many things of each kind move to the survivor.
        public let moves: [(part: String, count: Int64)]
        public let blockers: [MergeBlocker]

        public static func == (left: Outcome, right: Outcome) -> Bool {
            left.customer == right.customer && left.conflicts == right.conflicts && left.blockers == right.blockers
                && left.moves.elementsEqual(right.moves, by: ==)
        }
    }

    /// Who stays.
    public var into: CustomerID
    /// Who is merged away.
    public var from: CustomerID
    /// Whose value is taken, by field; the survivor's where nothing is said.
    public var choices: [String: Choice] = [:]
    /// Merges even where one is denied.
    public var isForced = false

    public init(into: CustomerID, from: CustomerID) {
        self.into = into
        self.from = from
    }
}
