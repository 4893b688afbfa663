internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum GroupVerbs {
    static let all = [create, list, show, update, delete, assign, remove]

    private static let create = Verb(
        "group.create", "makes a group that customers can be put into", roles: [.staff],
        [
            .required("name", .text, "what people call it", maximum: 100),
            .optional("tax_exempt", .flag, "whether no tax is charged to its members"),
        ],
        .write { invocation in
            let name = invocation.arguments.required("name")
            let isTaxExempt = invocation.arguments.flag("tax_exempt") ?? false
            return { transaction in
                let writer = GroupWriter(transaction, invocation.occasion)
                return Reply(outcome: .ok(.group(try writer.create(name, isTaxExempt: isTaxExempt))))
            }
        })

    private static let list = Verb(
        "group.list", "lists groups by name, with how many customers are in each", roles: [.staff, .reader],
        [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let after = try Cursor.values(invocation.arguments, count: 1)?.first?.stringValue ?? ""
            return { transaction in
                let groups = try GroupReader(transaction).groups(after: after, limit: limit)
                return .page(
                    groups, limit: limit, row: { .group($0) }, next: { Cursor.text(.string(Folding.folded($0.name))) })
            }
        })

    private static let show = Verb(
        "group.show", "shows a group", roles: [.staff, .reader], [group],
        .read { invocation in
            let name = invocation.arguments.required("group")
            return { Reply(outcome: .ok(.group(try GroupReader($0).group(named: name)))) }
        })

    private static let update = Verb(
        "group.update", "renames a group or changes what it means", roles: [.staff],
        [
            group, .optional("name", .text, "what people call it from now on", maximum: 100),
            .optional("tax_exempt", .flag, "whether no tax is charged to its members"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            return { transaction in
                let group = try GroupReader(transaction.reading).group(named: arguments.required("group"))
                let changed = try GroupWriter(transaction, invocation.occasion).update(
                    group.id, name: arguments.text("name"), isTaxExempt: arguments.flag("tax_exempt"))
                return Reply(outcome: .ok(.group(changed)))
            }
        })

    private static let delete = Verb(
        "group.delete", "deletes a group; its members stay", roles: [.staff], [group],
        .write { invocation in
            let name = invocation.arguments.required("group")
            return { transaction in
                let group = try GroupReader(transaction.reading).group(named: name)
                let deleted = try GroupWriter(transaction, invocation.occasion).delete(group.id)
                return Reply(outcome: .ok(.group(deleted)))
            }
        })

    private static let assign = membership(
        "group.assign", "puts a customer into a group, out of the others unless groups.exclusive is false"
    ) { try $0.assign($1, to: $2) }

    private static let remove = membership("group.remove", "takes a customer out of a group") {
        try $0.remove($1, from: $2)
    }

    private static let group = Parameter.required(
        "group", .text, "the group; case and accents do not matter", maximum: 100)

    private static func membership(
        _ name: String, _ summary: String,
        _ change: @escaping @Sendable (GroupWriter, CustomerID, GroupID) throws -> Void
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff], [.required("customer", .integer, "the customer"), group],
            .write { invocation in
                let customer = invocation.arguments.customer()
                let name = invocation.arguments.required("group")
                return { transaction in
                    let group = try GroupReader(transaction.reading).group(named: name)
                    try change(GroupWriter(transaction, invocation.occasion), customer, group.id)
                    return try invocation.reply(showing: customer, transaction.reading)
                }
            })
    }
}
