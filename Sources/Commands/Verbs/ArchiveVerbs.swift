internal import ChannelKit
internal import Hosting
internal import StrictJSON
internal import Wire

enum ArchiveVerbs {
    static let all = [archive, delete]

    private static let archive = Verb(
        "tenant.archive", "closes a tenant and puts it away until tenant.resume brings it back, or tenant.delete",
        roles: [], [TenantVerbs.name],
        .hostJob(isChanging: true) { invocation in
            let name = try invocation.requiredTenantName()
            return { job in
                try job.invocation.services.host.archive(name)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("name", name.description)
                            writer.member("archived", true)
                        }))
            }
        }, isKeyed: false)

    private static let delete = Verb(
        "tenant.delete", "deletes an archived tenant for good, with its backups and all that is known of it", roles: [],
        [
            .required("name", .text, "the tenant"),
            .required("confirm", .text, "the tenant's name once more"),
            .optional("force", .flag, "also when it is not archived"),
            .optional("keep_backups", .flag, "its backups stay, from which tenant.restore can bring it back"),
        ],
        .hostJob(isChanging: true) { invocation in
            let name = try invocation.requiredTenantName()
            try invocation.requireConfirmation(of: name)
            let arguments = invocation.arguments
            return { job in
                let services = job.invocation.services
                let backups = try services.host.delete(
                    name, isForced: arguments.flag("force") ?? false,
                    keepsBackups: arguments.flag("keep_backups") ?? false)
                services.gates.closeTokens(of: name)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("name", name.description)
                            writer.member("deleted", true)
                            writer.member("backups", backups)
                        }))
            }
        }, isKeyed: false)

    /// What `tenant.list archived=true` answers.
    static func list(_ invocation: Invocation) throws -> Reply {
        let host = invocation.services.host
        let limit = try invocation.arguments.limit()
        let after = try Cursor.values(invocation.arguments, count: 1)?.first?.stringValue ?? ""
        let names = try host.archivedNames(after: after, limit: limit)
        let rows = try names.map { name in
            let configuration = Result { try host.archivedConfiguration(name) }
            let backups = try host.backups(of: name).count
            return JSONWriter.object { writer in
                writer.member("name", name.description)
                writer.member("archived", true)
                writer.member("backups", backups)
                switch configuration {
                case .success(let configuration): writer.member("title", configuration.title)
                case .failure(let error): writer.member("error", Reply.failure(for: error).message)
                }
            }
        }
        let next = names.count == limit ? names.last.map { Cursor.text(.string($0.description)) } : nil
        return Reply(rows: rows, outcome: .list(next: next, extra: []))
    }
}
