internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum StaffVerbs {
    static let all = [add, list, update, remove]

    private static let add = Verb(
        "staff.add", "adds a member of staff, by the name that use as=, tokens and mentions know", roles: [.staff],
        [
            .required("name", .text, "one word, such as lena; who left and comes back keeps it", maximum: 64),
            .optional("display", .text, "what people read, such as Lena Koch", maximum: 200),
            .optional("email", .text, "e-mail address"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let email = try arguments.emailAddress()
            return { transaction in
                let member = try StaffWriter(transaction, invocation.occasion).add(
                    arguments.required("name"), display: arguments.visible("display"), email: email)
                return Reply(outcome: .ok(.staff(member)))
            }
        },
        whenDurable: { invocation in
            let name = Folding.folded(invocation.arguments.required("name"))
            invocation.services.gates.reopen(invocation.tenant.name, .staff(name))
        })

    private static let list = Verb(
        "staff.list", "lists the members of staff", roles: [.staff, .reader],
        [.optional("removed", .flag, "also those who left"), .limit, .after],
        .read { invocation in
            let isWhole = invocation.arguments.flag("removed") ?? false
            let limit = try invocation.arguments.limit()
            let after = try Cursor.number(invocation.arguments, start: 0)
            return { transaction in
                let members = try StaffReader(transaction).members(after: after, isWhole: isWhole, limit: limit)
                return .page(members, limit: limit, row: { .staff($0) }, next: { Cursor.text($0.id.rawValue) })
            }
        })

    private static let update = Verb(
        "staff.update", "changes what people read of a member of staff", roles: [.staff],
        [
            .required("name", .text, "the member", maximum: 64),
            .optional("display", .text, "what people read from now on", maximum: 200),
            .optional("email", .text, "e-mail address"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let email = try arguments.emailAddress()
            return { transaction in
                let member = try StaffReader(transaction.reading).member(named: arguments.required("name"))
                let changed = try StaffWriter(transaction, invocation.occasion).update(
                    member.id, display: arguments.visible("display"), email: email)
                return Reply(outcome: .ok(.staff(changed)))
            }
        })

    private static let remove = Verb(
        "staff.remove",
        "lets a member of staff go, with the tokens of that name and whoever works in it; "
            + "what the member did stays readable",
        roles: [.staff], [.required("name", .text, "the member", maximum: 64)],
        .write { invocation in
            let name = invocation.arguments.required("name")
            return { transaction in
                let reader = StaffReader(transaction.reading)
                let writer = StaffWriter(transaction, invocation.occasion)
                let member = try writer.remove(try reader.member(named: name).id)
                let tokens = try TokenReader(transaction.reading).tokens()
                for token in tokens where token.label == member.name && token.revokedAt == nil {
                    try TokenWriter(transaction, invocation.occasion).revoke(selector: token.selector)
                }
                return Reply(outcome: .ok(.staff(member)))
            }
        },
        whenDurable: { invocation in
            let name = invocation.arguments.required("name")
            let (gates, tenant) = (invocation.services.gates, invocation.tenant.name)
            gates.close(tenant, .staff(Folding.folded(name)))
            invocation.tenant.read { transaction in
                let member = try StaffReader(transaction).member(named: name)
                let tokens = try TokenReader(transaction).tokens().filter { $0.label == member.name }
                return { for token in tokens { gates.close(tenant, .token(token.selector)) } }
            } failed: { error in
                Reply.log(error)
            }
        })
}

extension Arguments {
    /// The e-mail address among the arguments, nil when it is absent.
    fileprivate func emailAddress() throws(CommandError) -> EmailAddress? {
        try value("email") { (text) throws(ValueError) in try EmailAddress(parsing: text) }
    }

    /// A text that is not blank, nil for any other.
    fileprivate func visible(_ name: String) -> String? {
        text(name).flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }
}
