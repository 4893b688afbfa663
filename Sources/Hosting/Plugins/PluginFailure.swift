public import Registry
public import StrictJSON

/// A plugin in a process of its own did not do what it was asked.
public enum PluginFailure: Refusal, Equatable {
    /// It did not answer in time.
    case deadline(plugin: String)
    /// It could not be asked in time.
    case late(plugin: String)
    /// It could not be asked, or answered what nobody can use.
    case failed(plugin: String, reason: String)
    /// It ended, or answered that it failed, with this very request in hand.
    case failedOn(plugin: String, reason: String)
    /// It failed too often and is not started any more.
    case quarantined(plugin: String)
    /// Too much waits for it.
    case busy(plugin: String)
    /// Its manifest cannot be used.
    case broken(plugin: String, reason: String)
    /// There is no such plugin.
    case unknown(String)

    public var kind: RefusalKind {
        switch self {
        case .deadline, .late: .deadline
        case .failed, .failedOn, .quarantined, .broken: .pluginFailed
        case .busy: .busy
        case .unknown: .notFound
        }
    }

    public var slug: String {
        switch self {
        case .deadline, .late: "deadline"
        case .failed, .failedOn, .quarantined, .broken: "plugin-failed"
        case .busy: "busy"
        case .unknown: "no-plugin"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .deadline(let plugin), .late(let plugin), .failed(let plugin, _), .failedOn(let plugin, _),
            .quarantined(let plugin), .busy(let plugin), .broken(let plugin, _):
            [JSON.Member(name: "plugin", value: .string(plugin))]
        case .unknown: []
        }
    }

    public var description: String {
        switch self {
        case .deadline(let plugin): "the plugin \(plugin) did not answer in time"
        case .late(let plugin): "the plugin \(plugin) was not ready in time"
        case .failed(let plugin, let reason), .failedOn(let plugin, let reason):
            "the plugin \(plugin) failed: \(reason)"
        case .quarantined(let plugin):
            "the plugin \(plugin) failed too often and is not started any more; plugin.reset lets it try again"
        case .busy(let plugin): "too many requests wait for the plugin \(plugin); try again"
        case .broken(let plugin, let reason): "the plugin \(plugin) cannot be used: \(reason)"
        case .unknown(let plugin): "there is no plugin \(plugin)"
        }
    }

    /// What it was, without who it was; nil where nothing more is known.
    var reason: String? {
        switch self {
        case .failed(_, let reason), .failedOn(_, let reason), .broken(_, let reason): reason
        case .deadline, .late, .quarantined, .busy, .unknown: nil
        }
    }

    /// Whether the same may succeed later, so that what was asked can be kept until then.
    var mayPass: Bool {
        switch self {
        case .deadline, .late, .failed, .failedOn, .quarantined, .busy, .broken: true
        case .unknown: false
        }
    }

    /// Whether it had this very request in hand, which may be why it failed.
    var wasAsked: Bool {
        switch self {
        case .deadline, .failedOn: true
        case .late, .failed, .quarantined, .busy, .broken, .unknown: false
        }
    }
}
