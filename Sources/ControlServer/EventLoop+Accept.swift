import CSystem
import Glibc
import Polling
import Synchronization
import Wire

extension EventLoop {
    /// So that a storm of connects does not keep the others waiting.
    private static let acceptsPerTurn = 64
    private static let pauseWithoutDescriptors = Duration.seconds(1)

    func startAccepting() {
        acceptAgainAt = nil
        guard !isAccepting else { return }
        isAccepting = poller.watch(listening.descriptor, token: Self.listenerToken, from: [], to: .input)
    }

    func stopAccepting() {
        acceptAgainAt = nil
        guard isAccepting else { return }
        _ = poller.watch(listening.descriptor, token: Self.listenerToken, from: .input, to: [])
        isAccepting = false
    }

    func acceptWaiting() {
        for _ in 0..<Self.acceptsPerTurn {
            switch acceptor.next() {
            case .accepted(let descriptor): admit(descriptor)
            case .turnedAway: counters.refused.wrappingAdd(1, ordering: .relaxed)
            case .nobody: return
            case .exhausted:
                stopAccepting()
                acceptAgainAt = .now + Self.pauseWithoutDescriptors
                return
            }
        }
    }

    private func admit(_ descriptor: Int32) {
        var userID: UInt32 = 0
        var processID: Int32 = 0
        guard csystem_peer(descriptor, &userID, &processID) == 0, hasPlace(for: userID),
            poller.watch(descriptor, token: nextToken, from: [], to: .input)
        else {
            counters.refused.wrappingAdd(1, ordering: .relaxed)
            return acceptor.refuse(descriptor)
        }
        let peer = Peer(userID: userID, processID: processID)
        let outlet = ConnectionOutlet(
            token: nextToken, descriptor: descriptor, inbox: inbox, limits: limits, counters: counters)
        let connection = Connection(
            token: nextToken, peer: peer, conversation: factory.open(peer: peer, outlet: outlet), outlet: outlet,
            counters: counters)
        connection.interest = .input
        connections[nextToken] = connection
        connectionsOfUser[userID, default: 0] += 1
        nextToken += 1
        counters.accepted.wrappingAdd(1, ordering: .relaxed)
        counters.connections.wrappingAdd(1, ordering: .relaxed)
    }

    private func hasPlace(for userID: UInt32) -> Bool {
        if operators.contains(userID) { return connections.count < limits.connections }
        return connections.count < limits.connections - limits.reservedForOperator
            && connectionsOfUser[userID, default: 0] < limits.connectionsPerUser
    }
}
