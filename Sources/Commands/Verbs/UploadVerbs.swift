internal import ChannelKit
internal import Foundation
internal import Hosting
internal import StrictJSON
internal import Wire

enum UploadVerbs {
    static let all = [begin, append, drop]

    private static let begin = Verb(
        "upload.begin",
        "begins a file that a later request takes; it belongs to this connection, and to its tenant where it has one, "
            + "and goes with it",
        roles: [.staff],
        .host { invocation in
            // Only the operator gets here without a tenant.
            let upload =
                try invocation.caller.tenant == nil
                ? invocation.services.host.beginUpload() : invocation.boundTenant().beginUpload()
            let name = try invocation.uploads.add(upload, of: invocation.caller.tenant)
            return Reply(outcome: .ok(shape(name, bytes: 0)))
        })

    private static let append = Verb(
        "upload.append", "adds a piece to a file", roles: [.staff],
        [
            name,
            .required("data", .text, "the piece in base64, at most 512 KiB", maximum: 512 << 10),
        ],
        .host { invocation in
            let name = invocation.arguments.required("upload")
            let upload = try invocation.uploads.upload(name, of: invocation.caller.tenant)
            guard let piece = Data(base64Encoded: invocation.arguments.required("data")) else {
                throw CommandError.badValue("data", "base64 is needed")
            }
            try upload.append([UInt8](piece))
            return Reply(outcome: .ok(shape(name, bytes: upload.count)))
        })

    private static let drop = Verb(
        "upload.drop", "forgets a file", roles: [.staff], [name],
        .host { invocation in
            let name = invocation.arguments.required("upload")
            try invocation.uploads.drop(name, of: invocation.caller.tenant)
            return Reply(outcome: .ok(JSONWriter.object { $0.member("dropped", name) }))
        })

    private static let name = Parameter.required("upload", .text, "the file, as upload.begin named it")

    private static func shape(_ name: String, bytes: Int64) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("upload", name)
            writer.member("bytes", bytes)
        }
    }
}
