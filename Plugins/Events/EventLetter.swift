import ChannelKit

/// What customers are told of an event by mail, in their language.
enum EventLetter {
    /// Tickets are held for somebody who waited.
    case offer(Int64, TicketType, until: Instant, OrderID)
    /// The event does not take place; with the reason, if one is told.
    case cancellation(reason: String?)
    /// The event takes place at another time or elsewhere.
    case move(from: Instant, OrderID)

    /// Queues the letter; whoever has no address gets none.
    func send(to customer: CustomerID, about event: Event, _ transaction: ChannelTransaction) throws {
        let recipient = try transaction.services.customer(customer)
        guard recipient.fields.email != nil, recipient.status != .erased else { return }
        let (subject, text) = letter(in: recipient.fields.language, about: event, transaction)
        try transaction.message(to: customer, subject: subject, text: text)
    }

    /// Queues the letter to somebody who need not be a customer.
    func send(to email: EmailAddress, about event: Event, _ transaction: ChannelTransaction) throws {
        let known = try transaction.services.customer(email: email)
        let (subject, text) = letter(in: known?.fields.language, about: event, transaction)
        try transaction.message(to: email, subject: subject, text: text)
    }

    private func letter(in language: String?, about event: Event, _ transaction: ChannelTransaction) -> (
        subject: String, text: String
    ) {
        let words = words(in: MailLanguage(of: language, in: transaction.occasion.shop), event)
        return (words.subject.split(whereSeparator: \.isNewline).joined(separator: " "), words.text)
    }

    private func words(in language: MailLanguage, _ event: Event) -> (subject: String, text: String) {
        switch self {
        case .offer(let count, let type, let until, let order):
            offer(in: language, event, "\(count) × \(type.name)", until.localText(in: event.zone), order.rawValue)
        case .cancellation(let reason): cancellation(in: language, event, reason)
        case .move(let from, let order): move(in: language, event, from.localText(in: event.zone), order.rawValue)
        }
    }

    private func move(in language: MailLanguage, _ event: Event, _ from: String, _ order: Int64) -> (
        subject: String, text: String
    ) {
        let (title, zone) = (event.title, event.zone.identifier)
        let now = ["\(event.localStart) (\(zone))", event.place].compactMap(\.self).joined(separator: ", ")
        return switch language {
        case .german:
            (
                "\(title) ist verlegt",
                "\(title) (\(from)) ist verlegt. Neu: \(now). Ihre Karten gelten, Bestellung \(order)."
            )
        case .turkish:
            (
                "\(title) için değişiklik",
                "\(title) (\(from)) değişti. Yeni: \(now). Biletleriniz geçerlidir, sipariş \(order)."
            )
        case .english:
            (
                "\(title) has moved",
                "\(title) (\(from)) has moved. Now: \(now). Your tickets are good, order \(order)."
            )
        }
    }

    private func offer(in language: MailLanguage, _ event: Event, _ tickets: String, _ until: String, _ order: Int64)
        -> (subject: String, text: String)
    {
        let (title, start, zone) = (event.title, event.localStart, event.zone.identifier)
        return switch language {
        case .german:
            (
                "Karten für \(title)",
                "Für \(title) (\(start)) sind Karten frei geworden. Für Sie sind zurückgelegt: \(tickets), bis \(until) (\(zone)), Bestellung \(order)."
            )
        case .turkish:
            (
                "\(title) biletleri",
                "\(title) (\(start)) için bilet boşaldı. Sizin için ayrıldı: \(tickets), son saat \(until) (\(zone)), sipariş \(order)."
            )
        case .english:
            (
                "Tickets to \(title)",
                "Tickets to \(title) (\(start)) have come free. Held for you: \(tickets), until \(until) (\(zone)), order \(order)."
            )
        }
    }

    private func cancellation(in language: MailLanguage, _ event: Event, _ reason: String?) -> (
        subject: String, text: String
    ) {
        let (title, start) = (event.title, event.localStart)
        let last = reason.map { "\n\n\($0)" } ?? ""
        return switch language {
        case .german:
            ("\(title) fällt aus", "\(title) (\(start)) findet nicht statt. Ihre Karten sind ungültig geworden.\(last)")
        case .turkish: ("\(title) iptal edildi", "\(title) (\(start)) yapılmayacak. Biletleriniz geçersizdir.\(last)")
        case .english:
            (
                "\(title) is cancelled",
                "\(title) (\(start)) does not take place. Your tickets are no longer valid.\(last)"
            )
        }
    }
}
