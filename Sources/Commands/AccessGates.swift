internal import Hosting
internal import Synchronization

/// Lets open connections know when what let them in ends: their token is revoked, or their member of staff leaves.
final class AccessGates: Sendable {
    /// What opens a tenant to a connection.
    enum Key: Hashable {
        /// A token, by its selector.
        case token(String)
        /// A member of staff, by the folded name.
        case staff(String)
    }

    /// One of them in use.
    final class Gate: Sendable {
        private let isClosed = Atomic(false)

        var isOpen: Bool { !isClosed.load(ordering: .acquiring) }

        fileprivate func close() { isClosed.store(true, ordering: .releasing) }
    }

    private struct Place: Hashable {
        let tenant: TenantName
        let key: Key
    }

    private let gates = Mutex<[Place: Gate]>([:])

    /// The gate of a token or a member; the same for every connection.
    func gate(_ tenant: TenantName, _ key: Key) -> Gate {
        gates.withLock { gates in
            let place = Place(tenant: tenant, key: key)
            if let gate = gates[place] { return gate }
            let gate = Gate()
            gates[place] = gate
            return gate
        }
    }

    func close(_ tenant: TenantName, _ key: Key) {
        // Made if need be: a connection that is just coming in must find it closed.
        gate(tenant, key).close()
    }

    /// Shuts out everybody who came in by a token of a tenant; what the tenant's file says then counts anew.
    func closeTokens(of tenant: TenantName) {
        gates.withLock { gates in
            for (place, gate) in gates where place.tenant == tenant {
                guard case .token = place.key else { continue }
                gate.close()
                gates[place] = nil
            }
        }
    }

    /// Lets new connections in again; those that were shut out stay so.
    func reopen(_ tenant: TenantName, _ key: Key) {
        gates.withLock { gates in
            let place = Place(tenant: tenant, key: key)
            if gates[place]?.isOpen == false { gates[place] = nil }
        }
    }
}
