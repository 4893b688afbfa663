internal import ChannelKit
internal import Registry
internal import StrictJSON
internal import Wire

enum ImportVerbs {
    static let all = [take, list, undo]

    private static let take = Verb(
        "customer.import",
        "enters the customers of a CSV table, a vCard or an LDIF address book, or completes those who are there; "
            + "a report says what could not be taken",
        roles: [.staff], ImportRequest.parameters,
        .job(isChanging: true) { invocation in
            let request = try ImportRequest(invocation)
            return { job in try ImportJob(job, request).run() }
        })

    private static let list = Verb(
        "customer.imports", "lists imports, the newest first, with what became of their rows",
        roles: [.staff, .reader], [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            return { transaction in
                let reader = ImportReader(transaction, process: ImportJob.process)
                let batches = try reader.batches(before: ImportID(rawValue: before), limit: limit)
                return .page(
                    batches, limit: limit, row: { .importBatch($0) }, next: { Cursor.text($0.id.rawValue) })
            }
        })

    private static let undo = Verb(
        "customer.undo-import",
        "takes back an import: removes customers who have no history of their own, and restores what nobody changed since",
        roles: [.staff], [.required("id", .integer, "the import")],
        .job(isChanging: true) { invocation in
            let id = ImportID(rawValue: invocation.arguments.integer("id") ?? 0)
            return { job in try ImportUndoing(job, id).run() }
        })
}
