import ChannelKit

/// Writes to customers what became of their bookings, where the shop wants that.
struct Postman {
    let isOn: Bool

    /// Tells of a new booking.
    func tell(of order: Order, _ transaction: ChannelTransaction) throws {
        guard order.kind == .order, order.state == .confirmed else { return }
        try send(.confirmed, of: order, transaction)
    }

    /// Tells what a change made of a booking; nothing of what is over, which staff only record.
    func tell(of order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        guard order.kind == .order else { return }
        let span = try BookedSpan(storedIn: Details(storedWith: order))
        let isMoved = try span != BookedSpan(storedIn: Details(storedWith: before))
        switch order.state {
        case .cancelled where before.state != .cancelled: try send(.cancelled, of: order, transaction)
        case .expired where before.state != .expired: try send(.expired, of: order, transaction)
        case .open where isMoved, .confirmed where isMoved: try send(.moved, of: order, transaction)
        case .confirmed where before.state == .open: try send(.confirmed, of: order, transaction)
        case .open, .confirmed, .completed, .cancelled, .refunded, .expired: break
        }
    }

    private func send(_ news: Letter.News, of order: Order, _ transaction: ChannelTransaction) throws {
        guard isOn, let id = order.match.customer else { return }
        let details = try Details(storedWith: order)
        guard let span = BookedSpan(storedIn: details), span.start > transaction.occasion.at else { return }
        let customer = try transaction.services.customer(id)
        guard customer.status != .erased, customer.fields.email != nil else { return }
        let word = try details.text("service") ?? ""
        let service = try Catalogue(services: transaction.services).service(word)
        let shop = transaction.occasion.shop
        let letter = Letter(
            news: news, language: MailLanguage(of: customer.fields.language, in: shop), service: service?.name ?? word,
            span: span, shop: shop)
        try transaction.message(to: id, subject: letter.subject, text: letter.text)
    }
}
