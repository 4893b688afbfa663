internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON

/// What a request leaves in the shop's audit log.
///
/// A change of who may do what, and what carries personal data out of the shop or away, gets an entry of its own,
/// whoever asks. What somebody from outside the shop asks besides is counted by verb and quarter of an hour.
enum Audit {
    /// The verbs with an entry of their own, and the arguments that it repeats: neither personal nor secret.
    static let told: [String: [String]] = [
        "channel.configure": ["channel"], "channel.disable": ["channel"], "channel.enable": ["channel"],
        "customer.data": [], "customer.erase": [], "customer.export": ["format"], "customer.print": ["level"],
        "customer.purge-tests": [], "customer.undo-import": [], "field.define": ["name"], "field.remove": ["name"],
        "me.delete": [], "order.export": ["format"],
        "staff.add": ["name"], "staff.remove": ["name"], "staff.update": ["name"], "tenant.archive": [],
        "tenant.backup": [], "tenant.export": [], "tenant.import": [], "tenant.restore": [],
        "tenant.resume": [], "tenant.set": [], "tenant.suspend": [], "tenant.sweep": [],
        "token.create": ["role", "channel", "label"], "token.revoke": [],
    ]

    /// What is told of a request in an entry of its own; nil when it gets none.
    static func about(_ verb: Verb, _ arguments: Arguments) -> [JSON.Member]? {
        guard let names = verb.toldArguments else { return nil }
        if verb.name == "customer.print", arguments.text("level") != "authority" { return nil }
        var about = subjects(verb, arguments).members
        for name in names { arguments.json(name).map { about.append(JSON.Member(name: name, value: $0)) } }
        if verb.name == "token.revoke" {
            // It may be the whole token.
            let text = arguments.required("id")
            about.append(JSON.Member(name: "token", value: .string(TokenSecret(parsing: text)?.selector ?? text)))
        }
        if verb.takesOthers {
            let settings =
                arguments.members.map(\.name).filter { $0 != "name" && $0 != "channel" } + arguments.others.map(\.name)
            about.append(JSON.Member(name: "settings", value: .array(settings.map { .string($0) })))
        }
        return about
    }

    /// The ids that a request is about.
    static func subjects(_ verb: Verb, _ arguments: Arguments) -> AuditSubjects {
        var subjects = AuditSubjects()
        func add(_ argument: String, _ noun: String) {
            if let id = arguments.integer(argument) { subjects.add(id, of: noun) }
        }
        add("id", verb.noun)
        add("customer", "customer")
        add("order", "order")
        add("into", "customer")
        return subjects
    }
}

extension TenantInvocation {
    /// Notes what a verb does in an entry of its own, if it gets one.
    ///
    /// - Throws: `StorageError`.
    func note(_ verb: Verb, in transaction: WriteTransaction) throws {
        guard let about = Audit.about(verb, arguments) else { return }
        try AuditWriter(transaction, occasion).note(verb.name, by: caller.role.rawValue, about: about)
    }
}

extension TenantInvocation {
    /// Counts the request if it comes from outside the shop, unless it gets an entry of its own.
    ///
    /// What is done with the tenant as a whole, such as `tenant.verify`, tells nothing of what is in it.
    func noteLook(_ verb: Verb) {
        guard caller.role == .operator, !verb.name.hasPrefix("tenant."), Audit.about(verb, arguments) == nil else {
            return
        }
        tenant.noteLook(
            AuditLooks.Key(role: caller.role.rawValue, actor: caller.actor, verb: verb.name, at: at),
            Audit.subjects(verb, arguments), at: at)
    }
}

extension Invocation {
    /// Notes what a verb does with a tenant's files, if it gets an entry and the tenant is in service; blocks.
    ///
    /// - Throws: Why the tenant's registry cannot be changed.
    func note(_ verb: Verb) throws {
        let name = arguments.text("name").flatMap(TenantName.init) ?? caller.tenant
        // Who is put away, or cannot be read, has no log to write in.
        guard let about = Audit.about(verb, arguments), let tenant = name.flatMap({ try? services.host.tenant($0) })
        else { return }
        let occasion = Occasion(shop: tenant.profile.shop, at: services.host.now(), actor: caller.actor)
        let role = caller.role.rawValue
        try tenant.writeAndWait { try AuditWriter($0, occasion).note(verb.name, by: role, about: about) }
    }
}
