internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum TokenVerbs {
    static let all = [create, list, revoke]

    private static let create = Verb(
        "token.create", "makes a token that lets a program in; its secret is shown only now", roles: [.staff],
        [
            .required("role", .text, "staff, channel, portal or reader"),
            .optional("channel", .text, "the one channel of a channel's token"),
            .optional("label", .text, "what people call it"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            guard let role = try arguments.word("role", TokenRole.self) else {
                throw CommandError.missingArgument("role")
            }
            let channel = arguments.text("channel")
            if let channel { _ = try invocation.profile.channel(channel) }
            guard role == .channel || channel == nil else {
                throw CommandError.badValue("channel", "only a channel's token is bound to one")
            }
            let label = arguments.text("label") ?? role.rawValue
            guard Session.isStaffName(label) else {
                throw CommandError.badValue("label", "a name of letters, digits, points and hyphens is needed")
            }
            let tenant = invocation.tenant.name.description
            let caller = invocation.caller
            return { transaction in
                // Who is staff speaks in the own name only.
                if role == .staff, caller.role != .operator, caller.actor != .staff(label),
                    try StaffReader(transaction.reading).isMember(label)
                {
                    throw CommandError.forbidden
                }
                let (token, secret) = try TokenWriter(transaction, invocation.occasion).create(
                    role, tenant: tenant, channel: channel, label: label)
                return Reply(outcome: .ok(JSONFragment.token(token).adding("token", .string(secret.text))))
            }
        }, isKeyed: false)

    private static let list = Verb(
        "token.list", "lists tokens, without their secrets", roles: [.staff],
        .read { _ in
            { transaction in
                Reply(
                    rows: try TokenReader(transaction).tokens().map { .token($0) }, outcome: .list(next: nil, extra: [])
                )
            }
        })

    private static let revoke = Verb(
        "token.revoke", "revokes a token; connections that came in with it are refused from now on", roles: [.staff],
        [.required("id", .text, "the token's id, or the whole token")],
        .write { invocation in
            let selector = invocation.tokenSelector
            return { transaction in
                try TokenWriter(transaction, invocation.occasion).revoke(selector: selector)
                return Reply(outcome: .ok(JSONWriter.object { $0.member("revoked", selector) }))
            }
        },
        whenDurable: { invocation in
            invocation.services.gates.close(invocation.tenant.name, .token(invocation.tokenSelector))
        })
}

extension TenantInvocation {
    /// The token among the arguments, given by its id or as a whole.
    fileprivate var tokenSelector: String {
        let text = arguments.required("id")
        return TokenSecret(parsing: text)?.selector ?? text
    }
}
