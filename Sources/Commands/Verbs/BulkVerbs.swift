internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// Changes to all customers whom filters fit: counted first, then done when the count still holds.
///
/// Up to ``whole`` customers are changed in one transaction; more in several, each small, with the customers that were
/// counted and still fit.
enum BulkVerbs {
    static let all = [tag, untag, group, ungroup, unsubscribe]

    /// The most customers that are changed in one transaction.
    private static let whole = 1_000
    /// Customers in each of several transactions.
    private static let chunk = 250

    private static let tag = verb(
        "bulk.tag", "puts a tag on all customers whom the filters fit",
        .required("put", .text, "the tag to put on them", maximum: 100)
    ) { .tag($0.required("put")) }

    private static let untag = verb(
        "bulk.untag", "takes a tag off all customers whom the filters fit",
        .required("take", .text, "the tag to take off", maximum: 100)
    ) { .untag($0.required("take")) }

    private static let group = verb(
        "bulk.group", "puts all customers whom the filters fit into a group",
        .required("into", .text, "the group they join", maximum: 100)
    ) { .group($0.required("into")) }

    private static let ungroup = verb(
        "bulk.ungroup", "takes all customers whom the filters fit out of a group",
        .required("from", .text, "the group they leave", maximum: 100)
    ) { .ungroup($0.required("from")) }

    private static let unsubscribe = verb(
        "bulk.unsubscribe", "ends a consent of all customers whom the filters fit",
        .required("purpose", .text, "newsletter, sms, phone or post")
    ) { arguments in .unsubscribe(try arguments.word("purpose", ConsentPurpose.self) ?? .newsletter) }

    private static func verb(
        _ name: String, _ summary: String, _ parameter: Parameter,
        _ change: @escaping @Sendable (Arguments) throws -> BulkChange
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff],
            [
                parameter,
                .optional("preview", .flag, "only counts them, and changes nothing"),
                .optional("expect", .integer, "the count a preview gave; another count refuses the change"),
            ] + CustomerSelection.parameters,
            .job(isChanging: true) { invocation in
                let selection = try CustomerSelection(invocation)
                let change = try change(invocation.arguments)
                let isPreview = invocation.arguments.flag("preview") ?? false
                let expected = invocation.arguments.integer("expect")
                guard isPreview || expected != nil else { throw CommandError.missingArgument("expect") }
                return { job in try run(change, selection, job, expecting: isPreview ? nil : expected) }
            })
    }

    /// `expected` is nil to count only.
    private static func run(
        _ change: BulkChange, _ selection: CustomerSelection, _ job: Job, expecting expected: Int64?
    ) throws -> Reply {
        let shop = job.occasion.shop
        let customers = try job.read { transaction in
            try BulkWriter.check(change, transaction)
            return try CustomerWalk(try selection.query(transaction), transaction, shop).all()
        }
        guard let expected else { return reply(count: customers.count, changed: nil) }
        guard customers.count == expected else { throw BulkError.countDiffers(count: customers.count) }
        let size = customers.count <= whole ? whole : chunk
        var changed = 0
        for start in stride(from: 0, to: customers.count, by: size) {
            let part = Array(customers[start..<min(start + size, customers.count)])
            changed += try job.write { transaction in
                let query = try selection.query(transaction.reading)
                return try BulkWriter(transaction, job.occasion).apply(change, to: part, fitting: query)
            }
            if customers.count > whole { try job.progress(done: start + part.count, total: customers.count) }
        }
        return reply(count: customers.count, changed: changed)
    }

    private static func reply(count: Int, changed: Int?) -> Reply {
        Reply(
            outcome: .ok(
                JSONWriter.object { writer in
                    writer.member("preview", changed == nil)
                    writer.member("count", count)
                    if let changed { writer.member("changed", changed) }
                }))
    }
}
