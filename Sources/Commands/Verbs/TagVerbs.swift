internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum TagVerbs {
    static let all = [
        change("tag.assign", "puts a tag on a customer, making it if need be") { try $0.assign($2, to: $1) },
        change("tag.remove", "takes a tag off a customer") { try $0.remove($2, from: $1) },
        search, list,
    ]

    private static func change(
        _ name: String, _ summary: String,
        _ change: @escaping @Sendable (TagWriter, CustomerID, String) throws -> Void
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff],
            [
                .required("customer", .integer, "the customer"),
                .required("tag", .text, "the tag; case and accents do not matter", maximum: 100),
            ],
            .write { invocation in
                let customer = invocation.arguments.customer()
                let tag = invocation.arguments.required("tag")
                return { transaction in
                    try change(TagWriter(transaction, invocation.occasion), customer, tag)
                    return Reply(
                        outcome: .ok(
                            .customer(
                                try CustomerReader(transaction.reading).customer(customer), for: invocation.caller)))
                }
            })
    }

    private static let search = pages(
        "tag.search", "finds tags as they are typed, from their start", .required("text", .text, "how the tag begins"))

    private static let list = pages(
        "tag.list", "lists tags by name, with how many customers carry each",
        .optional("text", .text, "how the tag begins"))

    private static func pages(_ name: String, _ summary: String, _ text: Parameter) -> Verb {
        Verb(
            name, summary, roles: [.staff, .reader],
            [
                text,
                .limit, .after,
            ],
            .read { invocation in
                let prefix = invocation.arguments.text("text") ?? ""
                let limit = try invocation.arguments.limit()
                let after = try Cursor.values(invocation.arguments, count: 1)?.first?.stringValue ?? ""
                return { transaction in
                    let tags = try TagReader(transaction).tags(startingWith: prefix, after: after, limit: limit)
                    let next =
                        tags.count == limit ? tags.last.map { Cursor.text(.string(Folding.folded($0.name))) } : nil
                    return Reply(rows: tags.map { .tag($0) }, outcome: .list(next: next, extra: []))
                }
            })
    }
}
