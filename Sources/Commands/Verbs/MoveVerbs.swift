internal import ChannelKit
internal import Foundation
internal import Hosting
internal import StrictJSON
internal import Wire

enum MoveVerbs {
    static let all = [export, importing]

    private static let export = Verb(
        "tenant.export",
        "sends a whole tenant as one file for tenant.import on another host; to move it, archive it first, so that "
            + "nothing changes here any more and no mail goes out twice",
        roles: [], [TenantVerbs.name],
        .hostJob(isChanging: false) { invocation in
            let name = try invocation.requiredTenantName()
            return { job in
                let manifest = try job.invocation.services.host.export(name) { bytes in
                    try job.row(JSONWriter.object { $0.member("data", Data(bytes).base64EncodedString()) })
                }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("tenant", name.description)
                            writer.member("bytes", manifest.bytes)
                            writer.member("sha256", manifest.sha256)
                            writer.member("seq", manifest.seq)
                        }))
            }
        })

    private static let importing = Verb(
        "tenant.import",
        "makes a tenant of a file that tenant.export wrote, with the same ids and numbers; passwords keep working, and "
            + "so do tokens where the name stays the same",
        roles: [],
        [
            .required("upload", .text, "the file, as upload.begin named it"),
            .optional("name", .text, "the tenant's name here; the one it had where absent"),
        ],
        .hostJob(isChanging: true) { invocation in
            let upload = try invocation.uploads.upload(
                invocation.arguments.required("upload"), of: invocation.caller.tenant)
            let name = try invocation.arguments.text("name").map { text in
                guard let name = TenantName(text) else { throw HostError.badTenantName }
                return name
            }
            return { job in
                let host = job.invocation.services.host
                let arrival = try host.importTenant(upload, as: name) { try job.progress(done: $0, total: $1) }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("name", arrival.tenant.name.description)
                            writer.member("title", arrival.tenant.profile.configuration.title)
                            writer.member("bytes", arrival.bytes)
                            writer.member("customers", arrival.counts["customer"] ?? 0)
                            writer.member("orders", arrival.counts["customer_order"] ?? 0)
                            writer.member("warnings", arrival.warnings)
                        }))
            }
        }, isKeyed: false)
}
