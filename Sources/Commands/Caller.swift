internal import ChannelKit
internal import Hosting
internal import Registry

/// Who asks, and in which tenant.
struct Caller: Sendable {
    let role: Role
    let tenant: TenantName?
    /// What the timeline calls the caller.
    let actor: Actor
    /// The one channel a channel's token is for.
    let channel: String?

    /// Whose idempotency keys these are.
    var keySpace: String { "\(role.rawValue) \(actor)" }

    /// Whether what is for staff only may be shown.
    var isStaff: Bool { role == .operator || role == .staff }

    /// Refuses a channel that is not the caller's.
    func mayUse(channel id: String) throws(CommandError) {
        if let channel, channel != id { throw .forbidden }
    }
}
