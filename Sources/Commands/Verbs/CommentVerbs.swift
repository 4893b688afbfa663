internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum CommentVerbs {
    static let all = [add, list, edit, history]

    private static let text = Parameter.required(
        "text", .text, "the comment; @lena, @customer:17, #17 and @online-shop:MUG are mentions", maximum: 65_536)

    private static let add = Verb(
        "comment.add", "comments on a customer, for staff only; mentioned staff find it in their inbox",
        roles: [.staff], [.required("customer", .integer, "the customer"), text],
        .write { invocation in
            let customer = invocation.arguments.customer()
            let text = invocation.arguments.required("text")
            return { transaction in
                let writer = CommentWriter(
                    transaction, invocation.occasion, products: invocation.products(transaction.reading))
                return Reply(outcome: .ok(.comment(try writer.add(text, to: customer))))
            }
        })

    private static let list = Verb(
        "comment.list", "lists the comments on a customer, newest first", roles: [.staff],
        [.required("customer", .integer, "the customer"), .limit, .after],
        .read { invocation in
            let customer = invocation.arguments.customer()
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            return { transaction in
                _ = try CustomerReader(transaction).status(of: customer)
                let reader = CommentReader(transaction, products: invocation.products(transaction))
                let comments = try reader.comments(of: customer, before: before, limit: limit)
                return .page(comments, limit: limit, row: { .comment($0) }, next: { Cursor.text($0.id.rawValue) })
            }
        })

    private static let edit = Verb(
        "comment.edit", "changes an own comment within 5 minutes; earlier versions are kept", roles: [.staff],
        [.required("id", .integer, "the comment"), text],
        .write { invocation in
            let id = invocation.arguments.comment
            let text = invocation.arguments.required("text")
            return { transaction in
                let writer = CommentWriter(
                    transaction, invocation.occasion, products: invocation.products(transaction.reading))
                return Reply(outcome: .ok(.comment(try writer.edit(id, to: text))))
            }
        })

    private static let history = Verb(
        "comment.history", "lists all versions of a comment, oldest first", roles: [.staff],
        [.required("id", .integer, "the comment"), .limit, .after],
        .read { invocation in
            let id = invocation.arguments.comment
            let limit = try invocation.arguments.limit()
            let after = try Cursor.number(invocation.arguments, start: 0)
            return { transaction in
                let reader = CommentReader(transaction, products: invocation.products(transaction))
                let versions = try reader.history(of: id, after: after, limit: limit)
                return .page(versions, limit: limit, row: { .version($0) }, next: { Cursor.text($0.version) })
            }
        })
}

extension Arguments {
    fileprivate var comment: CommentID { CommentID(rawValue: integer("id") ?? 0) }
}

extension TenantInvocation {
    /// What the channels call their products by now.
    func products(_ transaction: ReadTransaction) -> ProductNames {
        { [profile, occasion] channel, sku in
            guard let plugin = profile.installedChannel(channel) else { return nil }
            let services = ChannelServices(transaction, channel: channel, occasion)
            // A channel that fails over one of its products must not take the comments with it.
            return try? plugin.product(sku, services)?.name
        }
    }
}
