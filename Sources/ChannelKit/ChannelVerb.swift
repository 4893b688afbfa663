/// A verb of a channel's own, such as "booking.reschedule".
public struct ChannelVerb: Sendable {
    /// What a verb is to everybody but its channel.
    public struct Declaration: Sendable, Equatable {
        /// Without the channel's id: "reschedule".
        public let name: String
        /// What it does, for people; lowercase, no full stop.
        public let summary: String
        /// Who may, besides the operator, who always may.
        public let roles: Set<Role>
        public let parameters: [Parameter]
        /// Whether it changes anything; it then runs in a transaction and may carry a key.
        public let isChanging: Bool
        /// Whether it works while the channel takes no orders, as all that change nothing do: the door, refunds.
        public let worksSwitchedOff: Bool

        public init(
            _ name: String, _ summary: String, roles: Set<Role>, _ parameters: [Parameter], isChanging: Bool,
            worksSwitchedOff: Bool = false
        ) {
            self.name = name
            self.summary = summary
            self.roles = roles
            self.parameters = parameters
            self.isChanging = isChanging
            self.worksSwitchedOff = worksSwitchedOff || !isChanging
        }
    }

    enum Action: Sendable {
        case read(@Sendable (any ChannelPlugin, Details, ChannelServices) throws -> ChannelReply)
        case write(@Sendable (any ChannelPlugin, Details, ChannelTransaction) throws -> ChannelReply)
    }

    public let declaration: Declaration
    let action: Action

    /// A verb that changes nothing, carried out by a method of the channel such as `Booking.availability`.
    public static func read<Channel: ChannelPlugin>(
        _ name: String, _ summary: String, roles: Set<Role> = [.staff, .channel, .reader],
        _ parameters: [Parameter] = [],
        _ work: @escaping @Sendable (Channel) -> (Details, ChannelServices) throws -> ChannelReply
    ) -> ChannelVerb {
        ChannelVerb(
            declaration: Declaration(name, summary, roles: roles, parameters, isChanging: false),
            action: .read { channel, arguments, services in
                guard let channel = channel as? Channel else { preconditionFailure("a verb of another channel") }
                return try work(channel)(arguments, services)
            })
    }

    /// A verb that changes something, carried out in one transaction by a method of the channel; what it throws undoes
    /// all of it.
    ///
    /// `worksSwitchedOff` for what follows from orders that the channel took before it was switched off.
    public static func write<Channel: ChannelPlugin>(
        _ name: String, _ summary: String, roles: Set<Role> = [.staff, .channel], _ parameters: [Parameter] = [],
        worksSwitchedOff: Bool = false,
        _ work: @escaping @Sendable (Channel) -> (Details, ChannelTransaction) throws -> ChannelReply
    ) -> ChannelVerb {
        ChannelVerb(
            declaration: Declaration(
                name, summary, roles: roles, parameters, isChanging: true, worksSwitchedOff: worksSwitchedOff),
            action: .write { channel, arguments, transaction in
                guard let channel = channel as? Channel else { preconditionFailure("a verb of another channel") }
                return try work(channel)(arguments, transaction)
            })
    }
}
