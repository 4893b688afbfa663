public import Hosting
public import StrictJSON
public import Wire

/// Answers every connection: the table of verbs at work on the host.
public final class CommandCenter: ConversationFactory {
    private let services: Services
    private let operators: Set<UInt32>

    /// - Parameters:
    ///   - host: The tenants.
    ///   - operators: The users who may do everything, by id.
    ///   - serverStatistics: What the socket server counts, for `stats`.
    ///   - drain: Begins the orderly end of the process; must not block.
    public init(
        host: Host, operators: Set<UInt32>, serverStatistics: @escaping @Sendable () -> [JSON.Member],
        drain: @escaping @Sendable () -> Void
    ) {
        services = Services(
            host: host, verbs: CurrentVerbs(host.channels), serverStatistics: serverStatistics, drain: drain)
        self.operators = operators
    }

    /// Begins to bring the plugins what waits for them.
    public func startPlugins() {
        let services = services
        services.host.startPlugins { tenant, plugin, done in ParkedReplay(services, tenant, plugin).run(done) }
    }

    public func open(peer: Peer, outlet: any Outlet) -> any Conversation {
        Session(
            peer: peer, isOperator: operators.contains(peer.userID), services: services, outlet: outlet)
    }
}
