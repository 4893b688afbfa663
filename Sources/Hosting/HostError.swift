public import Registry
public import StrictJSON

/// Why the host could not do what a tenant or its operator wanted.
public enum HostError: Refusal, Equatable {
    case noTenant
    case badTenantName
    case blankTitle
    case badLocale
    case tenantExists(String)
    case suspended
    case unreadableConfiguration(String)
    case unknownTimeZone(String)
    case unknownUser(String)
    case unknownSetting(String, known: [String])
    case badSetting(String, allowed: String)
    case noChannel(String)
    case channelDisabled(String)
    case newerFile
    case damagedFile
    case stopped(String)
    case busy
    case tooManyJobs
    case uploadsTooBig(limit: Int64)

    public var kind: RefusalKind {
        switch self {
        case .noTenant, .noChannel: .notFound
        case .badTenantName, .blankTitle, .badLocale, .unknownTimeZone, .unknownUser, .unknownSetting, .badSetting:
            .badRequest
        case .tenantExists, .channelDisabled: .conflict
        case .suspended, .unreadableConfiguration, .newerFile, .damagedFile, .stopped: .locked
        case .busy, .tooManyJobs: .busy
        case .uploadsTooBig: .tooLarge
        }
    }

    public var slug: String {
        switch self {
        case .noTenant: "no-tenant"
        case .badTenantName, .blankTitle, .badLocale, .unknownTimeZone, .unknownUser, .badSetting: "bad-value"
        case .unknownSetting: "unknown-argument"
        case .tenantExists: "tenant-exists"
        case .suspended: "suspended"
        case .unreadableConfiguration: "bad-configuration"
        case .noChannel: "no-channel"
        case .channelDisabled: "channel-disabled"
        case .newerFile: "newer-file"
        case .damagedFile: "damaged-file"
        case .stopped: "stopped"
        case .busy, .tooManyJobs: "busy"
        case .uploadsTooBig: "too-big"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .noTenant, .badTenantName, .blankTitle, .badLocale, .tenantExists, .suspended, .unreadableConfiguration,
            .unknownTimeZone,
            .unknownUser, .noChannel, .channelDisabled, .newerFile, .damagedFile, .stopped,
            .busy, .tooManyJobs:
            []
        case .uploadsTooBig(let limit): [JSON.Member(name: "limit", value: .number(String(limit)))]
        case .unknownSetting(_, let known): [JSON.Member(name: "known", value: .array(known.map { .string($0) }))]
        case .badSetting(let name, let allowed):
            [
                JSON.Member(name: "argument", value: .string(name)),
                JSON.Member(name: "allowed", value: .string(allowed)),
            ]
        }
    }

    public var description: String {
        switch self {
        case .noTenant: "there is no such tenant"
        case .badTenantName: "a tenant's name is 1 to 63 of a-z, 0-9 and -, and does not start with -"
        case .blankTitle: "title: it cannot be blank"
        case .badLocale: "locale: a language is needed, such as de or en-GB"
        case .tenantExists(let name): "there is a tenant \(name) already"
        case .suspended: "this tenant is suspended"
        case .unreadableConfiguration(let reason): "the tenant's configuration cannot be read: \(reason)"
        case .unknownTimeZone(let name): "no time zone is called \(name)"
        case .unknownUser(let name): "no user of this machine is called \(name)"
        case .unknownSetting(let name, _): "there is no setting \(name)"
        case .badSetting(let name, let allowed): "\(name) is \(allowed)"
        case .noChannel(let id): "there is no channel \(id)"
        case .channelDisabled(let id): "the channel \(id) is switched off for this tenant"
        case .newerFile: "the tenant's file was written by a newer version of this program"
        case .damagedFile: "the tenant's file is damaged; restore it from a backup"
        case .stopped(let reason):
            "this tenant is stopped, for changes it had answered are missing in its file (\(reason)): restore a backup, or"
                + " remove the file stopped in its folder to go on without them"
        case .busy: "too many requests wait for this tenant; try again"
        case .tooManyJobs: "too many long requests of this tenant are at work; try again"
        case .uploadsTooBig(let limit): "the uploads of a tenant take at most \(limit) bytes at a time"
        }
    }
}
