import Foundation
import Registry
import Storage
import StrictJSON
import TestSupport

extension Book {
    func send(
        _ text: String, to customer: CustomerID, subject: String?, in thread: ThreadID? = nil
    ) throws -> Message {
        try write { try ThreadWriter($0, occasion).send(text, to: customer, subject: subject, in: thread) }
    }

    func receive(_ mail: IncomingMail) throws -> Receipt {
        try write { try ThreadWriter($0, occasion).receive(mail) }
    }

    func incoming(from sender: String, to recipients: [String], id: String = "in@x") throws -> IncomingMail {
        IncomingMail(
            sender: try EmailAddress(parsing: sender), recipients: recipients, subject: "Hello", text: "Hello",
            fullText: "Hello", messageID: id, references: [], attachments: [], report: nil)
    }

    /// The address that leads back to a message's conversation.
    func reply(to message: Message) throws -> String {
        let token = try read { transaction in
            try transaction.first("SELECT token FROM thread WHERE id = ?", .integer(message.thread?.rawValue ?? 0)) {
                $0.text(0)
            }
        }
        return "reply+\(token ?? "")@acme.example"
    }

    func unreadThreads() throws -> [ThreadID?] {
        try read { transaction in
            try ThreadReader(transaction).threads(of: nil, isUnread: true, before: (.max, .max), limit: 100).map(\.id)
        }
    }
}
