internal import ChannelKit
internal import Registry
internal import StrictJSON

extension PluginManifest {
    /// Reads what `plugin.json` says; every member is checked.
    ///
    /// - Throws: ``ChannelRefusal`` with the path of the first thing that is wrong, `JSONError`.
    init(parsing text: [UInt8]) throws {
        guard let members = try JSON(parsing: text).objectValue else {
            throw ChannelRefusal("bad-manifest", "plugin.json holds an object")
        }
        let root = Details(arguments: members)
        try root.allow([
            "id", "version", "title", "api", "command", "capabilities", "states", "settings", "hooks", "topics",
            "personal_details", "staff_details", "lasting_details", "participant_details", "lines", "migrations",
            "tables", "verbs", "samples",
            "isolation", "limits", "environment",
        ])
        try root.require("id", "version", "title", "api", "command", "states")
        try Self.checkAPI(root)
        let id = try root.needed(
            "id", Self.isID, "words of a-z and 0-9 joined by hyphens are needed, 40 characters at most")
        guard !Self.reserved.contains(id) else { throw root.bad("id", "this is a word of the host's own") }
        descriptor = try Self.descriptor(root, id)
        verbs = try root.objects("verbs").map(Self.verb)
        try Self.unique(verbs.map(\.name), root, "verbs")
        command = try root.texts("command")
        guard command.first?.isEmpty == false else {
            throw root.bad("command", "the program and its arguments are needed")
        }
        guard !command.contains(where: { $0.contains("\0") }) else {
            throw root.bad("command", "a NUL cannot be passed")
        }
        hooks = try Self.hooks(root.object("hooks"))
        topics = try root.texts("topics").map { try Self.topic($0, root) }
        lines = try root.objects("lines").map { line in
            try line.allow(["label", "path"])
            try line.require("label", "path")
            return Line(label: try line.text("label") ?? "", path: DetailPath(text: try line.text("path") ?? ""))
        }
        isolation = try root.choice("isolation", Isolation.self) ?? .shared
        limits = try Self.limits(root.object("limits"))
        environment = try root.texts("environment")
        guard environment.allSatisfy({ !$0.isEmpty && !$0.contains("=") && !$0.contains("\0") }) else {
            throw root.bad("environment", "names of variables are needed")
        }
    }

    /// Nouns of the host's own verbs and topics.
    static let reserved: Set<String> = [
        "account", "address", "batch", "bulk", "channel", "comment", "commit", "consent", "contact", "coupon",
        "customer",
        "data", "event", "events", "field", "group", "host", "import", "inbox", "log", "mail", "me", "message", "note",
        "operator", "order", "patron", "plugin", "portal", "provider", "reader", "registry", "segment", "server",
        "staff",
        "system", "tag", "tenant", "tests", "timeline", "token", "upload",
    ]

    static func isID(_ text: String) -> Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count <= 40, text.first?.isNumber == false else { return false }
        return words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
    }

    private static func checkAPI(_ root: Details) throws {
        let range = root.json["api"]?.arrayValue?.compactMap(\.integerValue) ?? []
        guard range.count == 2, range[0] <= range[1] else {
            throw root.bad("api", "the lowest and the highest version of the wire are needed, such as [1, 1]")
        }
        guard (range[0]...range[1]).contains(api) else { throw root.bad("api", "this host speaks version \(api)") }
    }

    private static func descriptor(_ root: Details, _ id: String) throws -> ChannelDescriptor {
        let states = try root.objects("states").map { state in
            try state.allow(["name", "state"])
            try state.require("name", "state")
            let name = try state.needed("name", isWord, "a word of a-z, 0-9, - and _ is needed")
            return ChannelDescriptor.State(name, try state.choice("state", OrderState.self) ?? .open)
        }
        guard !states.isEmpty else { throw root.bad("states", "one state is needed at least") }
        try unique(states.map(\.name), root, "states")
        let settings = try root.objects("settings").map(setting)
        try unique(settings.map(\.name), root, "settings")
        let capabilities = try root.texts("capabilities").map { word in
            guard let capability = ChannelDescriptor.Capability(rawValue: word) else {
                let known = ChannelDescriptor.Capability.allCases.map(\.rawValue).joined(separator: ", ")
                throw root.bad("capabilities", "there are \(known)")
            }
            return capability
        }
        let migrations = try root.objects("migrations").map { migration in
            try migration.allow(["name", "sql"])
            try migration.require("name", "sql")
            return ChannelMigration(try migration.text("name") ?? "", try migration.text("sql") ?? "")
        }
        try unique(migrations.map(\.name), root, "migrations")
        return ChannelDescriptor(
            id: id, version: try root.needed("version", isLine, "one line is needed"),
            title: try root.needed("title", isLine, "one line is needed"), capabilities: Set(capabilities),
            states: states, settings: settings,
            personalDetails: try root.texts("personal_details").map { DetailPath(text: $0) },
            staffDetails: try root.texts("staff_details").map { DetailPath(text: $0) },
            lastingDetails: try root.texts("lasting_details").map { DetailPath(text: $0) },
            participantDetails: try root.texts("participant_details").map { DetailPath(text: $0) },
            migrations: migrations,
            tables: try root.objects("tables").map(table))
    }

    private static func setting(_ setting: Details) throws -> ChannelSetting {
        try setting.allow(["name", "type", "values", "default", "summary"])
        try setting.require("name", "type", "summary")
        let name = try setting.needed("name", isWord, "a word of a-z, 0-9, - and _ is needed")
        guard name != "channel", name != "key" else { throw setting.bad("name", "this is a word of the host's own") }
        let summary = try setting.text("summary") ?? ""
        switch try setting.word("type", among: ["text", "flag", "choice"]) {
        case "flag":
            let standard = try setting.flag("default") ?? false
            return ChannelSetting(name, .flag, standard: standard ? "true" : "false", summary: summary)
        case "choice":
            let values = try setting.texts("values")
            guard let first = values.first else { throw setting.bad("values", "the words to choose from are needed") }
            let standard = try setting.word("default", among: values) ?? first
            return ChannelSetting(name, .oneOf(values), standard: standard, summary: summary)
        default:
            return ChannelSetting(name, .text, standard: try setting.text("default") ?? "", summary: summary)
        }
    }

    private static func table(_ table: Details) throws -> ChannelTable {
        try table.allow(["name", "columns"])
        try table.require("name", "columns")
        let columns = try (table.object("columns")?.json.objectValue ?? []).map { member in
            guard let content = member.value.stringValue.flatMap(ChannelTable.Content.init) else {
                let known = ChannelTable.Content.allCases.map(\.rawValue).joined(separator: ", ")
                throw table.bad("columns.\(member.name)", "one of \(known) is needed here")
            }
            return ChannelTable.Column(member.name, content)
        }
        return ChannelTable(try table.text("name") ?? "", columns)
    }

    private static func verb(_ verb: Details) throws -> ChannelVerb.Declaration {
        try verb.allow(["name", "summary", "roles", "changing", "works_switched_off", "parameters"])
        try verb.require("name", "summary")
        let name = try verb.needed("name", isID, "words of a-z and 0-9 joined by hyphens are needed")
        let roles = try verb.texts("roles").map { word in
            guard let role = Role(rawValue: word), ![.operator, .none].contains(role) else {
                throw verb.bad("roles", "there are staff, channel, portal, reader")
            }
            return role
        }
        let parameters = try verb.objects("parameters").map(parameter)
        try unique(parameters.map(\.name), verb, "parameters")
        return ChannelVerb.Declaration(
            name, try verb.needed("summary", isLine, "one line is needed"),
            roles: roles.isEmpty ? [.staff, .channel] : Set(roles), parameters,
            isChanging: try verb.flag("changing") ?? false,
            worksSwitchedOff: try verb.flag("works_switched_off") ?? false)
    }

    private static func parameter(_ parameter: Details) throws -> Parameter {
        try parameter.allow(["name", "type", "required", "summary", "maximum"])
        try parameter.require("name", "type", "summary")
        let name = try parameter.needed("name", isWord, "a word of a-z, 0-9, - and _ is needed")
        guard name != "key", name != "tenant" else { throw parameter.bad("name", "this is a word of the host's own") }
        let maximum = try parameter.integer("maximum") ?? 4_096
        guard (1...1_048_576).contains(maximum) else {
            throw parameter.bad("maximum", "1 to 1048576 bytes are possible")
        }
        let kind = try parameter.choice("type", Parameter.Kind.self) ?? .text
        let summary = try parameter.text("summary") ?? ""
        return try parameter.flag("required") == true
            ? .required(name, kind, summary, maximum: Int(maximum))
            : .optional(name, kind, summary, maximum: Int(maximum))
    }

    private static func hooks(_ hooks: Details?) throws -> PluginHooks {
        var all = PluginHooks()
        guard let hooks else { return all }
        try hooks.allow(["translate", "revise", "perform", "deliver", "wake"])
        try read(hooks.object("translate"), into: &all.translate, mayPark: true)
        try read(hooks.object("revise"), into: &all.revise, mayPark: false)
        try read(hooks.object("perform"), into: &all.perform, mayPark: true)
        try read(hooks.object("deliver"), into: &all.deliver, mayPark: false)
        try read(hooks.object("wake"), into: &all.wake, mayPark: false)
        return all
    }

    private static func read(_ details: Details?, into hook: inout PluginHooks.Hook, mayPark: Bool) throws {
        guard let details else { return }
        try details.allow(["deadline_ms", "on_failure"])
        if let milliseconds = try details.integer("deadline_ms") {
            guard (10...60_000).contains(milliseconds) else {
                throw details.bad("deadline_ms", "10 to 60000 are possible")
            }
            hook.deadline = .milliseconds(milliseconds)
        }
        hook.failure = try details.choice("on_failure", PluginHooks.Failure.self) ?? .refuse
        guard mayPark || hook.failure == .refuse else {
            throw details.bad("on_failure", "only translate and perform can be parked")
        }
    }

    private static func topic(_ text: String, _ root: Details) throws -> PluginTopic {
        if Topic(rawValue: text) != nil { return PluginTopic(text: text, isNoun: false) }
        let noun = text.dropLast()
        guard text.hasSuffix(".*"), Topic.allCases.contains(where: { $0.rawValue.hasPrefix(noun) }) else {
            throw root.bad("topics", "there is no topic \(text)")
        }
        return PluginTopic(text: String(noun), isNoun: true)
    }

    private static func limits(_ limits: Details?) throws -> ChildLimits {
        var all = ChildLimits(files: 256)
        guard let limits else { return all }
        try limits.allow(["memory_mb", "open_files", "cpu_seconds"])
        let least: [(name: String, least: Int64)] = [("memory_mb", 16), ("open_files", 16), ("cpu_seconds", 1)]
        var values: [UInt64?] = []
        for (name, least) in least {
            let value = try limits.integer(name)
            guard value ?? least >= least, value ?? 0 <= 1 << 30 else { throw limits.bad(name, "\(least) at least") }
            values.append(value.map { UInt64($0) })
        }
        all.memory = (values[0] ?? 0) << 20
        all.files = values[1] ?? all.files
        all.seconds = values[2] ?? 0
        return all
    }

    private static func isWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
            }
    }

    private static func isLine(_ text: String) -> Bool {
        text.utf8.count <= 500 && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }

    private static func unique(_ names: [String], _ details: Details, _ list: String) throws {
        guard Set(names).count == names.count else { throw details.bad(list, "a name stands there twice") }
    }
}

extension Details {
    /// Refuses members with other names.
    fileprivate func allow(_ names: Set<String>) throws {
        for member in json.objectValue ?? [] where !names.contains(member.name) {
            throw bad(member.name, "there is no such member")
        }
    }

    /// A text that must be there and fit.
    fileprivate func needed(_ name: String, _ fits: (String) -> Bool, _ reason: String) throws -> String {
        guard let text = try text(name), fits(text) else { throw bad(name, reason) }
        return text
    }

    /// A list of texts; none when it is absent.
    fileprivate func texts(_ name: String) throws -> [String] {
        guard let value = json[name], value != .null else { return [] }
        guard let texts = value.arrayValue?.map(\.stringValue), !texts.contains(nil) else {
            throw bad(name, "a list of texts is needed here")
        }
        return texts.compactMap(\.self)
    }

    /// One of the cases of an enum of words, nil when it is absent.
    fileprivate func choice<Word: RawRepresentable & CaseIterable>(
        _ name: String, _: Word.Type
    ) throws -> Word? where Word.RawValue == String {
        try word(name, among: Word.allCases.map(\.rawValue)).flatMap(Word.init)
    }
}
