internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Synchronization
internal import Wire

extension Session {
    /// `use acme`, `use acme as=lena`: binds the connection to a tenant, and to a member of its staff.
    func use(_ request: Request, _ identity: Identity, _ id: Int) throws {
        // What a JSON line calls the parameter "tenant" arrives as the request's tenant.
        let named = request.tenant.map { [Argument(name: "tenant", value: .bare($0))] } ?? []
        let arguments = try Arguments(named + request.arguments, for: try services.table.verb("use"))
        let staffName = arguments.text("as")
        if let staffName, !Self.isStaffName(staffName) {
            throw CommandError.badValue("as", "a name of letters, digits, points and hyphens is needed")
        }
        let text = arguments.required("tenant")
        guard state.withLock({ $0.batch == nil }) else { throw CommandError.notInBatch("use") }
        guard let name = TenantName(text) else {
            if case .operator = identity { throw HostError.noTenant }
            throw CommandError.forbidden
        }
        try withTenant(name, identity, id) { [self] tenant in
            let caller = try identity.caller(in: tenant, as: nil)
            try tenant.admit(requests: 1, of: caller)
            guard let staffName else { return bind(to: tenant, caller, as: nil, id) }
            guard caller.isStaff else { throw CommandError.forbidden }
            tenant.read { [self] transaction in
                let member = try StaffReader(transaction).presentMember(named: staffName)
                // The operator may sign with any name but that of somebody who has left.
                guard member != nil || caller.role == .operator else { throw StaffError.notFound }
                return { [self] in
                    let name = member?.name ?? staffName
                    let gate = services.gates.gate(tenant.name, .staff(Folding.folded(name)))
                    bind(to: tenant, caller, as: ActingStaff(name: name, gate: gate), id)
                }
            } failed: { [self] error in
                refuse(error, id: id)
            }
        }
    }

    private func bind(to tenant: Tenant, _ caller: Caller, as staff: ActingStaff?, _ id: Int) {
        state.withLock { state in
            state.tenant = tenant.name
            state.staff = staff
        }
        finish(
            id,
            Reply(
                outcome: .ok(
                    JSONWriter.object { writer in
                        writer.member("tenant", tenant.name.description)
                        writer.member("role", caller.role.rawValue)
                        if let staff { writer.member("as", staff.name) }
                    })))
    }

    /// In whose name the connection works in a tenant: a member is one of the tenant in use only.
    func staff(in tenant: Tenant) -> ActingStaff? {
        state.withLock { $0.tenant == tenant.name ? $0.staff : nil }
    }

    /// `auth <token>`: what the connection may do is the token's from now on, and no more.
    func auth(_ request: Request, _ id: Int) throws {
        let arguments = try Arguments(request.arguments, for: try services.table.verb("auth"))
        guard let secret = TokenSecret(parsing: arguments.required("token")), let name = TenantName(secret.tenant)
        else {
            throw CommandError.forbidden
        }
        guard state.withLock({ $0.batch == nil }) else { throw CommandError.notInBatch("auth") }
        // Before the token is checked nobody is anybody: an unknown tenant looks like a wrong token.
        try withTenant(name, .user(.max), id) { [self] tenant in
            tenant.read { [self] transaction in
                let token = try TokenReader(transaction).token(opening: secret)
                return { [self] in
                    let gate = services.gates.gate(name, .token(token.selector))
                    endWatch()
                    state.withLock { state in
                        state.identity = .token(TokenIdentity(tenant: name, token: token, gate: gate))
                        state.tenant = nil
                        state.staff = nil
                    }
                    finish(
                        id,
                        Reply(
                            outcome: .ok(
                                JSONWriter.object { writer in
                                    writer.member("tenant", name.description)
                                    writer.member("role", token.role.rawValue)
                                    writer.member("channel", token.channel)
                                })))
                }
            } failed: { [self] error in
                if !(error is TokenError) { Reply.log(error) }
                refuse(CommandError.forbidden, id: id)
            }
        }
    }

    /// Whether a text may name a member of staff in the timeline.
    static func isStaffName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
    }
}
