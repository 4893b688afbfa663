internal import ChannelKit
internal import Hosting
internal import Registry

/// How a connection has shown who it is.
enum Identity: Sendable {
    /// The daemon's own user, or root.
    case `operator`
    /// Some user of this machine, who may be staff of some tenants.
    case user(UInt32)
    /// Whoever holds a token.
    case token(TokenIdentity)
}

/// The member of staff in whose name a connection works.
struct ActingStaff: Sendable {
    let name: String
    let gate: AccessGates.Gate
}

/// What a token says of its holder.
struct TokenIdentity: Sendable {
    let tenant: TenantName
    let token: Token
    let gate: AccessGates.Gate
}

extension Identity {
    /// Who asks without a tenant.
    func caller() throws(CommandError) -> Caller {
        switch self {
        case .operator: return Caller(role: .operator, tenant: nil, actor: .operator, channel: nil)
        case .user: return Caller(role: .none, tenant: nil, actor: .system, channel: nil)
        case .token(let identity): return try identity.caller()
        }
    }

    /// Who asks in a tenant.
    ///
    /// `staff` is the member of staff the caller acts as.
    ///
    /// - Throws: ``CommandError/forbidden``, the same whatever the reason; also when the member has left.
    func caller(in tenant: Tenant, as staff: ActingStaff?) throws(CommandError) -> Caller {
        if let staff, !staff.gate.isOpen { throw .forbidden }
        let staffName = staff?.name
        switch self {
        case .operator:
            let actor = staffName.map { Actor.staff($0) } ?? .operator
            return Caller(role: .operator, tenant: tenant.name, actor: actor, channel: nil)
        case .user(let id):
            guard let name = tenant.profile.staff[id] else { throw .forbidden }
            return Caller(
                role: .staff, tenant: tenant.name, actor: .staff(Self.signed(name, as: staffName)), channel: nil)
        case .token(let identity):
            guard identity.tenant == tenant.name else { throw .forbidden }
            return try identity.caller(as: staffName)
        }
    }

    /// The tenant a token is for.
    var ownTenant: TenantName? {
        switch self {
        case .operator, .user: nil
        case .token(let identity): identity.tenant
        }
    }

    /// A member of staff who signs with another name stays recognisable.
    fileprivate static func signed(_ name: String, as claimed: String?) -> String {
        guard let claimed, claimed != name else { return name }
        return "\(name)/\(claimed)"
    }

    /// Refuses a tenant before any file is looked at.
    func mayName(_ tenant: TenantName) throws(CommandError) {
        guard case .token(let identity) = self else { return }
        guard identity.tenant == tenant else { throw .forbidden }
    }
}

extension TokenIdentity {
    fileprivate func caller(as staffName: String? = nil) throws(CommandError) -> Caller {
        guard gate.isOpen else { throw .forbidden }
        switch token.role {
        case .staff:
            return Caller(
                role: .staff, tenant: tenant, actor: .staff(Identity.signed(token.label, as: staffName)), channel: nil)
        case .channel:
            let channel = token.channel ?? ""
            return Caller(role: .channel, tenant: tenant, actor: .channel(channel), channel: channel)
        case .portal: return Caller(role: .portal, tenant: tenant, actor: .customer, channel: nil)
        case .reader: return Caller(role: .reader, tenant: tenant, actor: .staff(token.label), channel: nil)
        }
    }
}
