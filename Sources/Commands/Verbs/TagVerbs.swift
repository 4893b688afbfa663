internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum TagVerbs {
    static let all = [
        change("tag.assign", "puts a tag on a customer, making it if need be") { try $0.assign($2, to: $1) },
        change("tag.remove", "takes a tag off a customer") { try $0.remove($2, from: $1) },
        search, list, create, rename, merge, delete,
    ]

    private static let tag = Parameter.required(
        "tag", .text, "the tag; case and accents do not matter", maximum: 100)

    private static func change(
        _ name: String, _ summary: String,
        _ change: @escaping @Sendable (TagWriter, CustomerID, String) throws -> Void
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff], [.required("customer", .integer, "the customer"), tag],
            .write { invocation in
                let customer = invocation.arguments.customer()
                let tag = invocation.arguments.required("tag")
                return { transaction in
                    try change(TagWriter(transaction, invocation.occasion), customer, tag)
                    return try invocation.reply(showing: customer, transaction.reading)
                }
            })
    }

    private static let search = pages(
        "tag.search", "finds tags as they are typed, from their start; exact tells whether the text is a tag already",
        .required("text", .text, "how the tag begins"))

    private static let list = pages(
        "tag.list", "lists tags by name, with how many customers carry each",
        .optional("text", .text, "how the tag begins"))

    private static func pages(_ name: String, _ summary: String, _ text: Parameter) -> Verb {
        Verb(
            name, summary, roles: [.staff, .reader], [text, .limit, .after],
            .read { invocation in
                let text = invocation.arguments.text("text")
                let limit = try invocation.arguments.limit()
                let after = try Cursor.values(invocation.arguments, count: 1)?.first?.stringValue ?? ""
                return { transaction in
                    let reader = TagReader(transaction)
                    let tags = try reader.tags(startingWith: text ?? "", after: after, limit: limit)
                    let next =
                        tags.count == limit ? tags.last.map { Cursor.text(.string(Folding.folded($0.name))) } : nil
                    let exact = try text.map {
                        JSON.Member(name: "exact", value: .bool(try reader.tag(named: $0) != nil))
                    }
                    return Reply(
                        rows: tags.map { .tag($0) }, outcome: .list(next: next, extra: exact.map { [$0] } ?? []))
                }
            })
    }

    private static let create = Verb(
        "tag.create", "makes a tag that nobody carries yet", roles: [.staff],
        [.required("tag", .text, "the tag", maximum: 100)],
        .write { invocation in
            let name = invocation.arguments.required("tag")
            return { Reply(outcome: .ok(.tag(try TagWriter($0, invocation.occasion).create(name)))) }
        })

    private static let rename = Verb(
        "tag.rename", "gives a tag another name, on every customer; a tag that many carry takes several steps",
        roles: [.staff], [tag, .required("name", .text, "its name from now on", maximum: 100)],
        .job(isChanging: true) { invocation in
            let (tag, name) = (invocation.arguments.required("tag"), invocation.arguments.required("name"))
            return { job in
                // Few carriers get the name in one step; many move to a new tag of that name.
                let (renamed, from, into) = try job.write { transaction -> (Tag?, TagID, TagID) in
                    let id = try transaction.reading.tag(named: tag)
                    let writer = TagWriter(transaction, invocation.occasion)
                    let isFew = try TagReader(transaction.reading).tag(id).customers <= step
                    if try isFew || TagReader(transaction.reading).tag(named: name) == id {
                        return (try writer.rename(id, to: name), id, id)
                    }
                    return (nil, id, try writer.create(name).id)
                }
                if let renamed { return Reply(outcome: .ok(.tag(renamed))) }
                try shift(from, to: into, job)
                let merged = try job.write { try TagWriter($0, invocation.occasion).merge(from, into: into) }
                return Reply(outcome: .ok(.tag(merged.tag)))
            }
        })

    private static let merge = Verb(
        "tag.merge", "puts one tag on all who carry another, which is then gone; may take several steps",
        roles: [.staff],
        [
            .required("into", .text, "the tag that stays", maximum: 100),
            .required("from", .text, "the tag that goes", maximum: 100),
        ],
        .job(isChanging: true) { invocation in
            let (into, from) = (invocation.arguments.required("into"), invocation.arguments.required("from"))
            return { job in
                let (kept, lost) = try job.read { transaction in
                    let kept = try TagReader(transaction).tag(transaction.tag(named: into))
                    return (kept, try transaction.tag(named: from))
                }
                try shift(lost, to: kept.id, job)
                let merged = try job.write { try TagWriter($0, invocation.occasion).merge(lost, into: kept.id) }
                let moved = JSON.number(String(merged.tag.customers - kept.customers))
                return Reply(outcome: .ok(JSONFragment.tag(merged.tag).adding("moved", moved)))
            }
        })

    private static let delete = Verb(
        "tag.delete", "takes a tag off all customers and deletes it; may take several steps", roles: [.staff], [tag],
        .job(isChanging: true) { invocation in
            let name = invocation.arguments.required("tag")
            return { job in
                let tag = try job.read { try TagReader($0).tag($0.tag(named: name)) }
                try shift(tag.id, to: nil, job)
                _ = try job.write { try TagWriter($0, invocation.occasion).delete(tag.id) }
                return Reply(outcome: .ok(.tag(tag)))
            }
        })

    /// So many customers change in one transaction; it keeps other clients waiting for some tens of milliseconds.
    private static let step = 1_000

    /// Goes towards merging or deleting a tag until one more step is enough.
    private static func shift(_ tag: TagID, to other: TagID?, _ job: Job) throws {
        let total = Int(try job.read { try TagReader($0).tag(tag).customers })
        var done = 0
        while total - done > step {
            let occasion = job.occasion
            let count = try job.write { try TagWriter($0, occasion).shift(step, from: tag, to: other) }
            guard count == step else { return }
            done += count
            try job.progress(done: done, total: total)
        }
    }
}

extension ReadTransaction {
    /// - Throws: ``TagError/notFound``.
    fileprivate func tag(named name: String) throws -> TagID {
        guard let id = try TagReader(self).tag(named: name) else { throw TagError.notFound }
        return id
    }
}
