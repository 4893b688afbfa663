internal import Foundation
internal import Registry

extension TenantSetting {
    /// Every setting, in the order they are shown.
    static let all: [TenantSetting] = [
        guestRecord,
        matchPhone,
        emailShared,
        couponRelease,
        importConsent,
        tagsMaximum,
        groupsExclusive,
        fieldsRequired,
        listDefault,
        signIn,
        emailChange,
        invitation,
        mailFrom,
        mailName,
        mailReply,
        mailPerHour,
        mailKeepDays,
        auditKeepDays,
        linkURL,
        doubleOptIn,
        retentionYears,
        backupKeep,
    ]

    private static let guestRecord = choice(
        "guest.record", "what an order by somebody unknown leaves behind: a record, an invited account, or nothing"
    ) { (policies: inout Policies, record: Policies.GuestRecord) in policies.guestRecord = record }

    private static let matchPhone = flag(
        "match.phone", "whether a telephone number finds a customer when no stronger key does", standard: true
    ) { $0.matchesPhone = $1 }

    private static let emailShared = flag(
        "email.shared", "whether several people may share an e-mail address, told apart by name", standard: false
    ) { $0.sharesEmail = $1 }

    private static let importConsent = choice(
        "import.consent",
        "what an import does with another system's word that somebody consented: ignore it, or take it"
    ) { (policies: inout Policies, consents: Policies.ImportedConsents) in policies.importsConsent = consents }

    private static let couponRelease = choice(
        "coupon.release",
        "when a redeemed coupon is given back: when its order is cancelled or expires, also on a full refund, or never"
    ) { (policies: inout Policies, release: Policies.CouponRelease) in policies.couponRelease = release }

    private static let tagsMaximum = limit("tags.max", "the most tags a customer may carry") { $0.maximumTags = $1 }

    private static let groupsExclusive = flag(
        "groups.exclusive", "whether a customer is in one group at most, so that assigning moves", standard: true
    ) { $0.groupsAreExclusive = $1 }

    private static let signIn = choice(
        "signin", "how customers sign in: by a link and a code in a mail, with a password, or both ways"
    ) { (policies: inout Policies, signIn: Policies.SignIn) in policies.signIn = signIn }

    private static let emailChange = choice(
        "email.change",
        "how the address of an account changes: once the new one is confirmed, at once and by staff only, or never"
    ) { (policies: inout Policies, change: Policies.EmailChange) in policies.emailChange = change }

    private static let invitation = flag(
        "account.invite", "whether a customer entered by hand is invited to an account by mail", standard: true
    ) { $0.invitesByHand = $1 }

    private static let fieldsRequired = fields(
        "fields.required", "what must be known of a customer whom staff enter"
    ) { $0.requiredFields = $1 }

    /// The settings that each channel has besides its own.
    static func all(of channel: String) -> [TenantSetting] {
        [
            fields(
                "fields.required.\(channel)", "what must be known of the buyer of an order of the channel \(channel)"
            ) { $0.requiredFieldsByChannel[channel] = $1.isEmpty ? nil : $1 }
        ]
    }

    private static let listDefault = choice(
        "list.default", "whom lists, bulk actions and new segments are about when nothing is said of accounts"
    ) { (policies: inout Policies, standard: Policies.ListDefault) in policies.listDefault = standard }

    private static let mailFrom = text(
        "mail.from", "the address the shop's mail comes from; without it mail waits and is not sent",
        allowed: "an e-mail address"
    ) { policies, value in
        guard let address = try? EmailAddress(parsing: value) else { return false }
        policies.mail.from = address
        return true
    }

    private static let mailName = text(
        "mail.name", "the name beside that address; the tenant's title where absent", allowed: "a name"
    ) { policies, value in
        policies.mail.name = value
        return true
    }

    private static let mailReply = text(
        "mail.reply", "where answers to the shop's messages go; {token} tells the thread",
        allowed: "an e-mail address with {token} in it, such as reply+{token}@example.org"
    ) { policies, value in
        guard value.contains("{token}"),
            (try? EmailAddress(parsing: value.replacingOccurrences(of: "{token}", with: "0"))) != nil
        else { return false }
        policies.mail.reply = value
        return true
    }

    private static let mailPerHour = limit(
        "mail.per_hour", "the most mails that leave in an hour; a tenth of them is kept for what is no newsletter",
        standard: 1_000
    ) { $0.mail.perHour = $1 }

    private static let mailKeepDays = limit(
        "mail.keep_days",
        "how many days mails that were sent, came back or were withdrawn are kept, before tenant.sweep deletes them",
        standard: 90
    ) { $0.mail.keptDays = $1 }

    private static let auditKeepDays = limit(
        "audit.keep_days", "how many days the audit log says who looked into the shop", standard: 365
    ) { $0.auditKeptDays = $1 }

    private static let doubleOptIn = flag(
        "consent.double_opt_in", "whether who subscribes to the newsletter must confirm it by a link in a mail",
        standard: false
    ) { $0.doubleOptIn = $1 }

    private static let retentionYears = limit(
        "retention.years", "how long orders of erased customers keep their country and number, before tenant.sweep",
        standard: 10
    ) { $0.retentionYears = $1 }

    private static let backupKeep = limit(
        "backup.keep", "how many backups are kept, the newest ones", standard: 7
    ) { $0.keptBackups = $1 }

    private static let linkURL = text(
        "link.url", "the storefront's page that links in mails lead to; {action} and {token} are filled in",
        allowed: "an https address with {action} and {token} in it"
    ) { policies, value in
        guard value.hasPrefix("https://") || value.hasPrefix("http://"), value.contains("{token}"),
            value.contains("{action}"), !value.contains(where: \.isWhitespace)
        else { return false }
        policies.mail.link = value
        return true
    }
}
