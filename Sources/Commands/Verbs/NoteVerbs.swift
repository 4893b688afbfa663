internal import ChannelKit
internal import Registry
internal import Storage
internal import Wire

enum NoteVerbs {
    static let all = [add, list]

    private static let add = Verb(
        "note.add", "adds a note about a customer, for staff only", roles: [.staff],
        [
            .required("customer", .integer, "the customer"),
            .required("text", .text, "the note, kept as it is", maximum: 65_536),
        ],
        .write { invocation in
            let customer = invocation.arguments.customer()
            let text = invocation.arguments.required("text")
            return { transaction in
                let note = try NoteWriter(transaction, invocation.occasion).add(text, to: customer)
                return Reply(outcome: .ok(.note(note)))
            }
        })

    private static let list = Verb(
        "note.list", "lists the notes about a customer, newest first", roles: [.staff],
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
                let notes = try NoteReader(transaction).notes(of: customer, before: before, limit: limit)
                return .page(notes, limit: limit, row: { .note($0) }, next: { Cursor.text($0.id) })
            }
        })
}
