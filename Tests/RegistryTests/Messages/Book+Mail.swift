import Foundation
import Registry
import Storage

extension Book {
    /// The address the shop's mail comes from where it has one.
    static let sender = "shop@acme.example"

    /// The same registry with an address for its mail.
    func withMail(perHour: Int? = nil) throws -> Book {
        let sender = try EmailAddress(parsing: Self.sender)
        return under {
            $0.mail.from = sender
            $0.mail.reply = "reply+{token}@acme.example"
            $0.mail.link = "https://acme.example/{action}/{token}"
            $0.mail.perHour = perHour
        }
    }

    @discardableResult
    func queue(_ mail: OutgoingMail) throws -> MailID {
        try write { try OutboxWriter($0, occasion).queue(mail) }
    }

    /// A mail to a customer, or to the shop.
    func mail(
        to customer: CustomerID? = nil, at address: String = "ann@example.org", purpose: MailPurpose = .service,
        text: String = "Hello"
    ) throws -> OutgoingMail {
        var mail = OutgoingMail(
            .message, to: try EmailAddress(parsing: address), of: customer, subject: "News", text: text)
        mail.purpose = purpose
        return mail
    }

    func mail(_ id: MailID) throws -> Mail {
        try read { try OutboxReader($0).mail(id) }
    }

    func turn() throws -> OutboxTurn {
        try write { try OutboxWriter($0, occasion).turn() }
    }

    func settle(_ id: MailID, _ outcome: MailOutcome) throws {
        try write { try OutboxWriter($0, occasion).settle(id, outcome) }
    }

    func outbox(state: MailState? = nil, kind: MailKind? = nil, customer: CustomerID? = nil) throws -> [MailID] {
        var query = OutboxReader.Query()
        (query.state, query.kind, query.customer) = (state, kind, customer)
        let asked = query
        return try read { try OutboxReader($0).mails(asked, before: .max, limit: 100).map(\.id) }
    }

    func consent(_ customer: CustomerID, isGranted: Bool) throws {
        try write {
            try ConsentWriter($0, occasion).record(
                ConsentStatement(purpose: .newsletter, isGranted: isGranted, wording: nil), by: customer, channel: nil)
        }
    }
}

extension OutboxTurn {
    /// The mail to send, nil when there is none.
    var departing: MailID? {
        switch self {
        case .send(let departure): departure.mail.id
        case .wait, .held, .nothing: nil
        }
    }
}
