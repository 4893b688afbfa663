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
    case unreachable(String)
    case unknownTimeZone(String)
    case unknownUser(String)
    case unknownSetting(String, known: [String])
    case badSetting(String, allowed: String)
    case noChannel(String)
    case channelDisabled(String)
    case newerFile
    case damagedFile
    case stopped(String)
    case missingFile
    case readOnlyFile
    case tooManyFiles
    case damagedLedger
    case archived
    case notArchived
    case inUse
    case withdrawn(Errand)
    case noBackup
    case damagedBackup(String)
    case damagedExport(String)
    case notConfirmed(String)
    case busy
    case tooManyJobs
    case uploadsTooBig(limit: Int64)

    /// What a tenant is out of service for.
    public enum Errand: String, Sendable {
        case restored
        case archived
        case resumed
        case deleted
        case imported
        case exported
    }

    public var kind: RefusalKind {
        switch self {
        case .noTenant, .noChannel, .noBackup: .notFound
        case .badTenantName, .blankTitle, .badLocale, .unknownTimeZone, .unknownUser, .unknownSetting, .badSetting,
            .notConfirmed:
            .badRequest
        case .tenantExists, .channelDisabled, .notArchived: .conflict
        case .suspended, .unreadableConfiguration, .unreachable, .newerFile, .damagedFile, .stopped, .missingFile,
            .readOnlyFile, .damagedLedger, .archived, .withdrawn:
            .locked
        case .damagedBackup, .damagedExport: .rejected
        case .busy, .tooManyJobs, .tooManyFiles, .inUse: .busy
        case .uploadsTooBig: .tooLarge
        }
    }

    public var slug: String {
        switch self {
        case .noTenant: "no-tenant"
        case .badTenantName, .blankTitle, .badLocale, .unknownTimeZone, .unknownUser, .badSetting, .notConfirmed:
            "bad-value"
        case .unknownSetting: "unknown-argument"
        case .tenantExists: "tenant-exists"
        case .suspended: "suspended"
        case .unreadableConfiguration: "bad-configuration"
        case .unreachable: "unreachable"
        case .noChannel: "no-channel"
        case .channelDisabled: "channel-disabled"
        case .newerFile: "newer-file"
        case .damagedFile: "damaged-file"
        case .stopped: "stopped"
        case .missingFile: "missing-file"
        case .readOnlyFile: "read-only"
        case .damagedLedger: "damaged-ledger"
        case .archived: "archived"
        case .notArchived: "not-archived"
        case .withdrawn: "in-hand"
        case .noBackup: "no-backup"
        case .damagedBackup: "damaged-backup"
        case .damagedExport: "damaged-export"
        case .busy, .tooManyJobs, .tooManyFiles, .inUse: "busy"
        case .uploadsTooBig: "too-big"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .noTenant, .badTenantName, .blankTitle, .badLocale, .tenantExists, .suspended, .unreadableConfiguration,
            .unreachable, .unknownTimeZone, .unknownUser, .noChannel, .channelDisabled, .newerFile, .damagedFile,
            .stopped, .missingFile, .readOnlyFile,
            .tooManyFiles,
            .damagedLedger, .archived, .notArchived, .inUse, .withdrawn, .noBackup, .damagedBackup, .damagedExport,
            .busy, .tooManyJobs:
            []
        case .notConfirmed: [JSON.Member(name: "argument", value: .string("confirm"))]
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
        case .unreachable(let reason): "the tenant's files cannot be reached: \(reason)"
        case .unknownTimeZone(let name): "no time zone is called \(name)"
        case .unknownUser(let name): "no user of this machine is called \(name)"
        case .unknownSetting(let name, _): "there is no setting \(name)"
        case .badSetting(let name, let allowed): "\(name) is \(allowed)"
        case .noChannel(let id): "there is no channel \(id)"
        case .channelDisabled(let id): "the channel \(id) is switched off for this tenant"
        case .newerFile: "the tenant's file was written by a newer version of this program"
        case .damagedFile: "the tenant's file is damaged; restore it from a backup"
        case .stopped(let reason):
            "this tenant is stopped (\(reason)): once its disk is well tenant.resume makes its file whole again from what"
                + " the journal keeps; or restore a backup, or remove the file stopped in its folder to go on with what"
                + " the file has"
        case .missingFile: "the tenant's file is gone; restore it from a backup"
        case .readOnlyFile: "the tenant's files can only be read; nothing was changed"
        case .tooManyFiles: "too many files are open; try again"
        case .damagedLedger: "the list of what a restore must not undo is damaged, and the tenant's file is older"
        case .archived: "this tenant is archived; tenant.resume brings it back"
        case .notArchived: "this tenant is not archived; archive it first, or delete it with force"
        case .inUse: "long requests of this tenant are still at work; try again"
        case .withdrawn(let errand): "this tenant is just being \(errand.rawValue); try again"
        case .noBackup: "there is no such backup"
        case .damagedBackup(let reason): "the backup cannot be used: \(reason)"
        case .damagedExport(let reason): "the file cannot become a tenant: \(reason)"
        case .notConfirmed(let name): "confirm: this is the tenant \(name)"
        case .busy: "too many requests wait for this tenant; try again"
        case .tooManyJobs: "too many long requests of this tenant are at work; try again"
        case .uploadsTooBig(let limit): "the uploads of a tenant take at most \(limit) bytes at a time"
        }
    }
}
