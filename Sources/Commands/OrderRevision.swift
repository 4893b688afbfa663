internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON

/// Turns the arguments of `order.update` into a change, with the channel's help.
struct OrderRevision {
    private let invocation: TenantInvocation
    private let order: Order

    init(_ invocation: TenantInvocation, of order: Order) {
        self.invocation = invocation
        self.order = order
    }

    /// Also `state`, where the request itself names none, such as of a cancellation.
    ///
    /// - Throws: ``HostError/noChannel(_:)``, ``ChannelRefusal``, ``CommandError``.
    func change(state given: String? = nil) throws -> OrderChange {
        let arguments = invocation.arguments
        guard let channel = invocation.profile.installedChannel(order.channel) else {
            throw HostError.noChannel(order.channel)
        }
        var change = OrderChange()
        if let state = given ?? arguments.text("state") {
            let (common, own) = try OrderStates.resolve(state, channel)
            change.state = common
            change.channelState = own
        }
        if let own = arguments.text("channel_state") {
            let state = try channel.state(for: own)
            guard change.state == nil || change.state == state else {
                throw CommandError.badValue("channel_state", "\(own) stands for \(state.rawValue)")
            }
            change.channelState = own
            change.state = state
        }
        var members = try JSON(parsing: order.details.bytes).objectValue ?? []
        for member in arguments.json("details")?.objectValue ?? [] {
            members.removeAll { $0.name == member.name }
            if member.value != .null { members.append(member) }
        }
        let details = JSON.object(members)
        if arguments.has("details") { change.details = JSONFragment(of: details.canonical) }
        try channel.revise(try Details(details), &change, of: order, invocation.occasion)
        return change
    }
}
