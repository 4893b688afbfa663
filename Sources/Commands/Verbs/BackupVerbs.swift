internal import ChannelKit
internal import Hosting
internal import StrictJSON
internal import Wire

enum BackupVerbs {
    static let all = [backup, list, restore]

    private static let backup = Verb(
        "tenant.backup",
        "copies a tenant's file while the tenant works on, and deletes the oldest copies beyond backup.keep",
        roles: [], [TenantVerbs.name],
        .hostJob(isChanging: true) { _ in
            { job in
                let tenant = try job.invocation.namedTenant()
                let (backup, deleted) = try tenant.backUp { try job.progress(done: $0, total: $1) }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("tenant", tenant.name.description)
                            writer.members(of: backup)
                            writer.member("deleted", deleted)
                        }))
            }
        }, isKeyed: false)

    private static let list = Verb(
        "tenant.backups", "lists a tenant's backups, the oldest first", roles: [], [TenantVerbs.name],
        .host { invocation in
            let backups = try invocation.services.host.backups(of: invocation.requiredTenantName())
            let rows = backups.map { backup in
                JSONWriter.object { writer in
                    writer.members(of: backup)
                    writer.member("reason", backup.manifest.reason.rawValue)
                    writer.member("customers", backup.manifest.counts["customer"] ?? 0)
                    writer.member("orders", backup.manifest.counts["customer_order"] ?? 0)
                }
            }
            return Reply(rows: rows, outcome: .list(next: nil, extra: []))
        })

    private static let restore = Verb(
        "tenant.restore",
        "puts a backup in the place of a tenant's file, which becomes a backup itself; who has been erased since stays "
            + "erased, who has objected is not subscribed again, revoked tokens stay revoked, and mails that may have "
            + "gone out since wait as uncertain; programs with tokens must sign in again",
        roles: [],
        [
            .required("name", .text, "the tenant, archived or not"),
            .required("backup", .text, "the backup, as tenant.backups names it"),
            .required("confirm", .text, "the tenant's name once more"),
        ],
        .hostJob(isChanging: true) { invocation in
            let name = try invocation.requiredTenantName()
            try invocation.requireConfirmation(of: name)
            let text = invocation.arguments.required("backup")
            return { job in
                guard let backup = BackupName(text) else { throw HostError.noBackup }
                let services = job.invocation.services
                let report = try services.host.restore(name, from: backup) { try job.progress(done: $0, total: $1) }
                services.gates.closeTokens(of: name)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("tenant", name.description)
                            writer.member("backup", backup.description)
                            writer.member("kept", report.kept?.description)
                            writer.member("erased", report.outcome.erased)
                            writer.member("objected", report.outcome.objected)
                            writer.member("denied", report.outcome.denied)
                            writer.member("mails", report.outcome.mails)
                        }))
            }
        }, isKeyed: false)
}

extension JSONWriter {
    fileprivate mutating func members(of backup: Backup) {
        member("backup", backup.name.description)
        member("made_at", backup.manifest.madeAt)
        member("bytes", backup.manifest.bytes)
        member("sha256", backup.manifest.sha256)
        member("seq", backup.manifest.seq)
    }
}
