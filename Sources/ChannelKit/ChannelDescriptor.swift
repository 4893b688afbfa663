/// What a channel is, can do and can be set.
///
/// A class, since every order asks for it several times.
public final class ChannelDescriptor: Sendable {
    /// What a channel can do beyond registering orders.
    public enum Capability: String, Sendable, CaseIterable {
        /// Takes orders without any customer.
        case anonymousOrders = "anonymous-orders"
        /// Makes up the external id where the caller has none.
        case ownExternalIDs = "own-external-ids"
        /// Tells of each order what was paid: no more than that can be given back.
        case payments
    }

    /// A state of the channel's own and the common state it stands for.
    public struct State: Sendable, Equatable {
        public let name: String
        public let state: OrderState

        public init(_ name: String, _ state: OrderState) {
            self.name = name
            self.state = state
        }
    }

    /// The word for the channel on the socket, such as "pos".
    public let id: String
    /// The channel's own version, "1.0.0".
    public let version: String
    public let title: String
    public let capabilities: Set<Capability>
    /// The channel's own states; the first is a new order's.
    public let states: [State]
    public let settings: [ChannelSetting]
    /// What whoever submits an order may put into the details; they may hold anything else as well.
    public let details: [DetailMember]
    /// Where the details hold personal data.
    public let personalDetails: [DetailPath]
    /// Where the details hold what staff wrote for themselves; the customer never sees it.
    public let staffDetails: [DetailPath]
    /// Where the details hold what stays when their customer is erased: texts, numbers and flags, never whole objects.
    public let lastingDetails: [DetailPath]
    /// Where the details hold people who need not be the buyer: objects with an `email`, by which such a person's own
    /// data are found and erased in other people's orders.
    public let participantDetails: [DetailPath]
    /// The steps that make the channel's own tables, in their order; new ones go to the end.
    public let migrations: [ChannelMigration]
    /// The tables that come of them, every column with what it holds.
    public let tables: [ChannelTable]
    /// The members that the details are known to have.
    let known: DetailTree

    public init(
        id: String, version: String, title: String, capabilities: Set<Capability> = [], states: [State],
        settings: [ChannelSetting] = [], details: [DetailMember] = [], personalDetails: [DetailPath] = [],
        staffDetails: [DetailPath] = [], lastingDetails: [DetailPath] = [], participantDetails: [DetailPath] = [],
        migrations: [ChannelMigration] = [], tables: [ChannelTable] = []
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.capabilities = capabilities
        self.states = states
        self.settings = settings
        self.details = details
        self.personalDetails = personalDetails
        self.staffDetails = staffDetails
        self.lastingDetails = lastingDetails
        self.participantDetails = participantDetails
        self.migrations = migrations
        self.tables = tables
        known = DetailTree(
            details.map(\.path) + personalDetails + lastingDetails + staffDetails + participantDetails)
    }

    /// The common state a state of this channel stands for.
    ///
    /// - Throws: ``ChannelRefusal`` for a state the channel does not have.
    public func state(for channelState: String) throws -> OrderState {
        guard let state = states.first(where: { $0.name == channelState })?.state else {
            throw ChannelRefusal.unknownState(channelState, known: states.map(\.name))
        }
        return state
    }
}
