internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum TenantVerbs {
    static let all = [
        create, list, show, set,
        suspension("tenant.suspend", "refuses every request for a tenant until it is resumed", isSuspended: true),
        suspension(
            "tenant.resume",
            "lets a suspended, archived or stopped tenant work again; a stopped one's file is made whole first",
            isSuspended: false),
    ]

    private static let create = Verb(
        "tenant.create", "makes a tenant with an empty registry", roles: [],
        [
            .required("name", .text, "a-z, 0-9 and -, at most 63"),
            .optional("title", .text, "what people call it; the name where absent"),
            .optional("currency", .text, "EUR where absent"),
            .optional("country", .text, "DE where absent; national telephone numbers are read in it"),
            .optional("locale", .text, "language and region; de where absent"),
            .optional("time_zone", .text, "Europe/Berlin where absent"),
            .optional("staff", .words, "Unix users who are staff"),
        ],
        others: "settings, as tenant.show lists them",
        .configure { invocation in
            let arguments = invocation.arguments
            guard let name = TenantName(arguments.required("name")) else { throw HostError.badTenantName }
            var configuration = TenantConfiguration(
                title: arguments.text("title") ?? name.description, currency: arguments.text("currency") ?? "EUR",
                country: arguments.text("country") ?? "DE", locale: arguments.text("locale") ?? "de",
                timeZone: arguments.text("time_zone") ?? "Europe/Berlin",
                createdAt: invocation.services.host.now().text)
            configuration.staff = arguments.words("staff")
            for setting in arguments.others { configuration.settings[setting.name] = setting.value.stringValue }
            if invocation.isTrial {
                try invocation.services.host.checked(name, configuration)
                return Reply(outcome: .ok(.emptyObject))
            }
            let tenant = try invocation.services.host.create(name, configuration)
            return Reply(outcome: .ok(shape(of: tenant, invocation)))
        })

    private static let list = Verb(
        "tenant.list", "lists tenants by name", roles: [],
        [
            .optional("archived", .flag, "those that are archived in place of those at work"),
            .limit, .after,
        ],
        .host { invocation in
            if invocation.arguments.flag("archived") == true { return try ArchiveVerbs.list(invocation) }
            let limit = try invocation.arguments.limit()
            let after = try Cursor.values(invocation.arguments, count: 1)?.first?.stringValue ?? ""
            let names = try invocation.services.host.tenantNames(after: after, limit: limit)
            let rows = names.map { name in
                let tenant = Result { try invocation.services.host.tenant(name) }
                return JSONWriter.object { writer in
                    writer.member("name", name.description)
                    switch tenant {
                    case .success(let tenant):
                        writer.member("title", tenant.profile.configuration.title)
                        writer.member("suspended", tenant.profile.configuration.isSuspended)
                        writer.member("open", tenant.isOpen)
                    case .failure(let error):
                        // A tenant that cannot be read does not hide the others.
                        writer.member("error", Reply.failure(for: error).message)
                    }
                }
            }
            let next = names.count == limit ? names.last.map { Cursor.text(.string($0.description)) } : nil
            return Reply(rows: rows, outcome: .list(next: next, extra: []))
        })

    static let name = Parameter.optional("name", .text, "the tenant; the one in use where absent")

    private static let show = Verb(
        "tenant.show", "shows a tenant with its settings and what they mean", roles: [.staff], [name],
        .host { invocation in Reply(outcome: .ok(shape(of: try invocation.namedTenant(), invocation))) })

    private static let set = Verb(
        "tenant.set", "changes a tenant", roles: [],
        [
            name,
            .optional("title", .text, "what people call it"),
            .optional("locale", .text, "language and region"),
            .optional("time_zone", .text, "where its days begin"),
            .optional("staff", .words, "Unix users who are staff; replaces the list"),
        ],
        others: "settings, as tenant.show lists them",
        .configure { invocation in
            let arguments = invocation.arguments
            let tenant = try invocation.namedTenant()
            try invocation.services.host.configure(tenant, isKept: !invocation.isTrial) { configuration in
                if let title = arguments.text("title") { configuration.title = title }
                if let locale = arguments.text("locale") { configuration.locale = locale }
                if let timeZone = arguments.text("time_zone") { configuration.timeZone = timeZone }
                if arguments.has("staff") { configuration.staff = arguments.words("staff") }
                for setting in arguments.others { configuration.settings[setting.name] = setting.value.stringValue }
            }
            return Reply(outcome: .ok(shape(of: tenant, invocation)))
        })

    private static func suspension(_ verb: String, _ summary: String, isSuspended: Bool) -> Verb {
        Verb(
            verb, summary, roles: [], [name],
            .configure { invocation in
                let host = invocation.services.host
                if !isSuspended, !invocation.isTrial, let name = try invocation.tenantName(), try host.isArchived(name)
                {
                    try host.unarchive(name)
                }
                if !isSuspended, !invocation.isTrial, let name = try invocation.tenantName(), try host.isStopped(name) {
                    try host.repair(name)
                }
                let tenant = try invocation.namedTenant()
                try host.configure(
                    // Whatever else is wrong with a tenant, it can be suspended.
                    tenant, isKept: !invocation.isTrial, isStrict: false
                ) { $0.isSuspended = isSuspended }
                return Reply(outcome: .ok(shape(of: tenant, invocation)))
            })
    }

    private static func shape(of tenant: Tenant, _ invocation: Invocation) -> JSONFragment {
        let configuration = tenant.profile.configuration
        return JSONWriter.object { writer in
            writer.member("name", tenant.name.description)
            writer.member("title", configuration.title)
            writer.member("currency", configuration.currency)
            writer.member("country", configuration.country)
            writer.member("locale", configuration.locale)
            writer.member("time_zone", configuration.timeZone)
            writer.member("suspended", configuration.isSuspended)
            writer.member("staff", configuration.staff)
            writer.member("created_at", configuration.createdAt)
            writer.member("warnings", tenant.profile.shop.policies.mail.warnings)
            writer.name("drill")
            // What cannot be read tells nothing.
            if let drill = try? invocation.services.host.lastDrill(of: tenant.name) {
                writer.beginObject()
                writer.members(of: drill)
                writer.endObject()
            } else {
                writer.null()
            }
            writer.name("settings")
            writer.beginObject()
            for setting in invocation.services.host.settings {
                writer.name(setting.name)
                writer.beginObject()
                writer.member("value", configuration.settings[setting.name] ?? setting.standard)
                writer.member("allowed", setting.allowed)
                writer.member("summary", setting.summary)
                writer.endObject()
            }
            writer.endObject()
        }
    }
}

extension Invocation {
    /// The tenant that the request names or the connection uses; blocks.
    func boundTenant() throws -> Tenant {
        guard let name = caller.tenant else { throw CommandError.tenantMissing }
        return try services.host.tenant(name)
    }

    /// The tenant among the arguments, else the one in use; only the operator may name another.
    func namedTenant() throws -> Tenant {
        guard let name = try tenantName() else { throw CommandError.tenantMissing }
        return try services.host.tenant(name)
    }

    /// The name of that tenant, which need not be there; nil when there is none.
    func tenantName() throws -> TenantName? {
        guard let text = arguments.text("name") else { return caller.tenant }
        guard caller.role == .operator || text == caller.tenant?.description else { throw CommandError.forbidden }
        guard let name = TenantName(text) else { throw HostError.noTenant }
        return name
    }

    /// The same where there must be one.
    func requiredTenantName() throws -> TenantName {
        guard let name = try tenantName() else { throw CommandError.tenantMissing }
        return name
    }

    /// Refuses what cannot be undone unless the tenant's name is said once more.
    func requireConfirmation(of name: TenantName) throws(HostError) {
        guard arguments.text("confirm") == name.description else { throw .notConfirmed(name.description) }
    }
}
