internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum MessageVerbs {
    static let all = [send, list, threads, read, receive, unassigned, assign, discard]

    private static let send = Verb(
        "message.send", "writes to a customer by e-mail; an answer comes back into the same conversation",
        roles: [.staff],
        [
            .required("customer", .integer, "who is written to"),
            .required("text", .text, "what to say; the customer reads it", maximum: 65_536),
            .optional("subject", .text, "one line; the conversation's where absent"),
            .optional("thread", .integer, "the conversation it belongs to; a new one where absent"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let (customer, thread) = (arguments.customer(), arguments.thread())
            let (text, subject) = (arguments.required("text"), arguments.text("subject"))
            guard thread != nil || subject != nil else { throw CommandError.missingArgument("subject") }
            return { transaction in
                let writer = ThreadWriter(transaction, invocation.occasion)
                return Reply(outcome: .ok(.message(try writer.send(text, to: customer, subject: subject, in: thread))))
            }
        })

    private static let list = Verb(
        "message.list", "lists what was written to and by a customer, or in one conversation, newest first",
        roles: [.staff],
        [
            .optional("customer", .integer, "the customer"),
            .optional("thread", .integer, "the conversation"),
            .limit, .after,
        ],
        .read { invocation in
            let arguments = invocation.arguments
            let customer = arguments.has("customer") ? arguments.customer() : nil
            let thread = arguments.thread()
            guard customer != nil || thread != nil else { throw CommandError.missingArgument("customer") }
            let limit = try arguments.limit()
            let before = try Cursor.number(arguments, start: .max)
            return { transaction in
                let reader = ThreadReader(transaction)
                if let customer { _ = try CustomerReader(transaction).status(of: customer) }
                guard let thread else {
                    guard let customer else { return Reply(outcome: .list(next: nil, extra: [])) }
                    return page(try reader.messages(of: customer, before: before, limit: limit), limit)
                }
                let owner = try reader.thread(thread).customer
                guard customer == nil || customer == owner else { throw MessageError.noThread }
                return page(try reader.messages(in: thread, before: before, limit: limit), limit)
            }
        })

    private static let threads = Verb(
        "message.threads", "lists conversations, the latest first", roles: [.staff],
        [
            .optional("customer", .integer, "only this customer's"),
            .optional("unread", .flag, "only those with something unread"),
            .limit, .after,
        ],
        .read { invocation in
            let arguments = invocation.arguments
            let customer = arguments.has("customer") ? arguments.customer() : nil
            let isUnread = arguments.flag("unread") ?? false
            let limit = try arguments.limit()
            let place = try Cursor.values(arguments, count: 2)
            let start = (at: place?[0].integerValue ?? .max, id: place?[1].integerValue ?? .max)
            return { transaction in
                if let customer { _ = try CustomerReader(transaction).status(of: customer) }
                let threads = try ThreadReader(transaction).threads(
                    of: customer, isUnread: isUnread, before: start, limit: limit)
                return .page(
                    threads, limit: limit, row: { .thread($0) },
                    next: { Cursor.text(.number(String($0.lastAt.seconds)), .number(String($0.id.rawValue))) })
            }
        })

    private static let read = Verb(
        "message.read", "notes that everything in a conversation has been read", roles: [.staff],
        [.required("thread", .integer, "the conversation")],
        .write { invocation in
            let thread = invocation.arguments.thread() ?? ThreadID(rawValue: 0)
            return { transaction in
                let read = try ThreadWriter(transaction, invocation.occasion).read(thread)
                return Reply(outcome: .ok(.thread(read)))
            }
        })

    private static let receive = Verb(
        "message.receive",
        "takes a mail as a mail system pipes it: by the token in its address it joins a conversation, never by its "
            + "subject; a report of a mail that came back changes that mail's state, and a complaint ends the newsletter",
        roles: [.staff], FileArgument.parameters,
        .job(isChanging: true) { invocation in
            let file = try FileArgument(invocation)
            return { job in
                let mail = try MailArgument.mail(file)
                // Whoever pipes the mail in has not written it.
                var occasion = job.occasion
                occasion.actor = .system
                let arrival = occasion
                let receipt = try job.write { try ThreadWriter($0, arrival).receive(mail) }
                return Reply(outcome: .ok(.receipt(receipt)))
            }
        })

    private static let unassigned = Verb(
        "message.unassigned", "lists mails of which nobody knows whose they are, newest first; the last 1000 are kept",
        roles: [.staff], [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            return { page(try ThreadReader($0).unassigned(before: before, limit: limit), limit) }
        })

    private static let message = Parameter.required("id", .integer, "the message")

    private static let assign = Verb(
        "message.assign", "says whose mail it is that nobody knew", roles: [.staff],
        [
            message,
            .required("customer", .integer, "whose it is"),
            .optional("thread", .integer, "the conversation it belongs to; a new one where absent"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let id = MessageID(rawValue: arguments.integer("id") ?? 0)
            let (customer, thread) = (arguments.customer(), arguments.thread())
            return { transaction in
                let writer = ThreadWriter(transaction, invocation.occasion)
                return Reply(outcome: .ok(.message(try writer.assign(id, to: customer, in: thread))))
            }
        })

    private static let discard = Verb(
        "message.discard", "forgets a mail of which nobody knows whose it is", roles: [.staff], [message],
        .write { invocation in
            let id = MessageID(rawValue: invocation.arguments.integer("id") ?? 0)
            return { transaction in
                try ThreadWriter(transaction, invocation.occasion).discard(id)
                return Reply(outcome: .ok(JSONWriter.object { $0.member("discarded", id.rawValue) }))
            }
        })

    private static func page(_ messages: [Message], _ limit: Int) -> Reply {
        return .page(messages, limit: limit, row: { .message($0) }, next: { Cursor.text($0.id.rawValue) })
    }
}

extension Arguments {
    /// A conversation among the arguments, nil when it is absent.
    fileprivate func thread() -> ThreadID? { integer("thread").map(ThreadID.init(rawValue:)) }
}
