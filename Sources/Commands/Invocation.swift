internal import ChannelKit
internal import Foundation
internal import Hosting
internal import Registry

/// A verb about to be carried out for the host.
struct Invocation: Sendable {
    let arguments: Arguments
    let caller: Caller
    let services: Services
    /// The files the connection has sent.
    let uploads: Uploads
    /// Whether it is only tried: everything but the effect.
    var isTrial = false

    /// The same, only to be tried.
    var trial: Invocation {
        var trial = self
        trial.isTrial = true
        return trial
    }
}

/// A verb about to be carried out in a tenant.
///
/// A class, so that all closures that see a request through share it.
final class TenantInvocation: Sendable {
    let arguments: Arguments
    let caller: Caller
    let services: Services
    let tenant: Tenant
    let profile: TenantProfile
    /// The files the connection has sent.
    let uploads: Uploads
    /// When, by whom and where; for the operator in the shop without limits.
    let occasion: Occasion
    /// Whether it had been parked: it is not parked again.
    let isReplay: Bool
    /// Whether it must not make the registry bigger than the tenant's limit.
    let isBounded: Bool

    init(
        arguments: Arguments, caller: Caller, services: Services, tenant: Tenant, profile: TenantProfile,
        uploads: Uploads, at: Instant, isReplay: Bool = false, isBounded: Bool = false
    ) {
        self.arguments = arguments
        self.caller = caller
        self.services = services
        self.tenant = tenant
        self.profile = profile
        self.uploads = uploads
        let shop = caller.role == .operator ? profile.unlimitedShop : profile.shop
        occasion = Occasion(shop: shop, at: at, actor: caller.actor)
        self.isReplay = isReplay
        self.isBounded = isBounded
    }

    /// The shop; for the operator without limits.
    var shop: Shop { occasion.shop }

    var at: Instant { occasion.at }

    /// Refuses what makes the registry bigger while it takes all the bytes it may take.
    ///
    /// - Throws: `LimitError.bytes(limit:)`.
    func requireRoom() throws {
        if isBounded { try tenant.admitGrowth() }
    }

    /// Refuses a channel that does not exist.
    func require(channel id: String) throws(CommandError) {
        guard profile.installedChannel(id) != nil else { throw .badValue("channel", "there is no channel \(id)") }
    }

    /// A point in time among the arguments, nil when it is absent.
    func instant(_ name: String) throws(CommandError) -> Instant? {
        try arguments.value(name) { (text) throws(ValueError) in
            try Instant(parsing: text, zone: shop.timeZone)
        }
    }

    /// The first moment after a time among the arguments: of a day alone, the start of the next day.
    func end(_ name: String) throws(CommandError) -> Instant? {
        guard let instant = try instant(name), let text = arguments.text(name) else { return nil }
        guard text.utf8.count == 10 else { return instant }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = shop.timeZone
        let start = Date(timeIntervalSince1970: Double(instant.seconds))
        guard let next = calendar.date(byAdding: .day, value: 1, to: start) else { return instant }
        return Instant(seconds: Int64(next.timeIntervalSince1970))
    }

    /// The currency among the arguments, or the tenant's.
    func currency() throws(CommandError) -> Currency {
        try arguments.value("currency") { (text) throws(ValueError) in try Currency(text) } ?? shop.currency
    }

    /// An amount among the arguments, nil when it is absent.
    func money(_ name: String, in currency: Currency) throws(CommandError) -> Money? {
        try arguments.value(name) { (text) throws(ValueError) in try Money(parsing: text, in: currency) }
    }
}
