internal import ChannelKit
internal import Registry
internal import Wire

enum TimelineVerbs {
    static let all = [list]

    private static let list = Verb(
        "timeline.list", "lists what happened with a customer, newest first", roles: [.staff, .reader],
        [
            .required("customer", .integer, "the customer"),
            .limit, .after,
        ],
        .read { invocation in
            let customer = invocation.arguments.customer()
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            return { transaction in
                _ = try CustomerReader(transaction).status(of: customer)
                let entries = try TimelineReader(transaction).entries(of: customer, before: before, limit: limit)
                return .page(entries, limit: limit, row: { .entry($0) }, next: { Cursor.text($0.seq) })
            }
        })
}
