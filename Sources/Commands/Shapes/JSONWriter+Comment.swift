internal import Registry
internal import StrictJSON

extension JSONFragment {
    static func staff(_ member: StaffMember) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", member.id.rawValue)
            writer.member("name", member.name)
            writer.member("display", member.display)
            writer.member("email", member.email?.spelling)
            writer.member("added_at", member.addedAt.text)
            writer.member("removed_at", member.removedAt?.text)
        }
    }

    /// A comment; only ever for staff.
    static func comment(_ comment: Comment) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", comment.id.rawValue)
            writer.member("customer", comment.customer.rawValue)
            writer.member("author", comment.author)
            writer.member("at", comment.at.text)
            writer.member("edited_at", comment.editedAt?.text)
            writer.member("version", comment.version)
            writer.body(comment.body)
        }
    }

    static func version(_ version: CommentVersion) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("version", version.version)
            writer.member("at", version.at.text)
            writer.body(version.body)
        }
    }

    static func inboxEntry(_ entry: InboxEntry, _ comment: Comment, of member: StaffMember) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", entry.id)
            writer.member("staff", member.name)
            writer.member("at", entry.at.text)
            writer.member("read_at", entry.readAt?.text)
            writer.member("comment", JSONFragment.comment(comment))
        }
    }

    /// A mention and what it leads to.
    fileprivate static func mention(_ mention: Mention) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("kind", mention.target.kind)
            switch mention.target {
            case .staff(let id):
                writer.member("id", id.rawValue)
                writer.member("staff", mention.handle)
            case .customer(let id):
                writer.member("id", id.rawValue)
                writer.member("number", mention.isGone ? nil : Int64(mention.handle))
            case .product(let channel, let sku):
                writer.member("channel", channel)
                writer.member("sku", sku)
            }
            writer.member("name", mention.name)
            writer.member("gone", mention.isGone)
            writer.member("start", mention.start)
            writer.member("length", mention.length)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func body(_ body: CommentBody) {
        member("text", body.text)
        member("source", body.source)
        name("mentions")
        beginArray()
        for mention in body.mentions { fragment(.mention(mention)) }
        endArray()
    }
}
