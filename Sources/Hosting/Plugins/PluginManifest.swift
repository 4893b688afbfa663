internal import ChannelKit
internal import StrictJSON

/// What a plugin's `plugin.json` says of it.
struct PluginManifest: Sendable {
    /// What people read of an order's details.
    struct Line: Sendable, Equatable {
        let label: String
        let path: DetailPath
    }

    /// How the plugin's processes are shared.
    enum Isolation: String, CaseIterable {
        /// One for all tenants.
        case shared
        /// One for each tenant.
        case tenant
    }

    /// The version of the wire that this host speaks.
    static let api: Int64 = 1

    let descriptor: ChannelDescriptor
    let verbs: [ChannelVerb.Declaration]
    /// The program and its arguments.
    let command: [String]
    let hooks: PluginHooks
    let topics: [PluginTopic]
    let lines: [Line]
    let isolation: Isolation
    let limits: ChildLimits
    /// The names of the variables that are passed on.
    let environment: [String]

    var id: String { descriptor.id }
}

/// What a plugin may be asked, with how long it may take and what happens when it does not answer.
struct PluginHooks: Sendable, Equatable {
    /// What becomes of a request when the plugin cannot be asked.
    enum Failure: String, CaseIterable {
        case refuse
        /// It is kept and carried out once the plugin can be asked again.
        case park
    }

    struct Hook: Sendable, Equatable {
        var deadline: Duration
        var failure = Failure.refuse
    }

    var translate = Hook(deadline: .seconds(5))
    var revise = Hook(deadline: .seconds(5))
    var perform = Hook(deadline: .seconds(5))
    var deliver = Hook(deadline: .seconds(30))
    var wake = Hook(deadline: .seconds(30))
}

/// Which timeline entries a plugin wants: one topic, or all of a noun.
struct PluginTopic: Sendable, Equatable {
    /// "order.registered", or "order." for all that begin so.
    let text: String
    let isNoun: Bool

    func covers(_ topic: String) -> Bool {
        isNoun ? topic.hasPrefix(text) : topic == text
    }
}
