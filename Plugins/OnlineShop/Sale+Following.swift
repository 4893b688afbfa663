import ChannelKit

extension Sale {
    /// Takes in a change of the order that did not come through the shop's own verbs.
    ///
    /// - Throws: ``ChannelRefusal`` where the details tell what cannot be after all that was noted.
    mutating func follow(_ order: Order, from before: Order, at: Instant) throws {
        let (details, former) = (try Details(storedWith: order), try Details(storedWith: before))
        try followMoney(of: order, from: before, details, former, at: at)
        let isFinished = order.state == .completed && before.state != .completed
        try followGoods(details, former, isFinished: isFinished, at: at)
        if order.state.isClosed { cancelOpen() }
    }

    /// Whether details newly call the payment something that it is not by what was noted.
    func overrules(_ details: Details, unlike former: Details) throws -> Bool {
        let told = try Payment(details.object("payment"), in: currency).state
        return try told != nil && told != payment && told != Payment(former.object("payment"), in: currency).state
    }

    private mutating func followMoney(
        of order: Order, from before: Order, _ details: Details, _ former: Details, at: Instant
    ) throws {
        let told = try Payment(details.object("payment"), in: currency)
        let method = try details.object("payment")?.text("method")
        if order.paid.minor > paidMinor {
            notePayment(order.paid.minor - paidMinor, method, at: at)
        } else if let received = told.receivedMinor, received == order.paid.minor, received < paidMinor {
            guard received >= refundedMinor else { throw paymentDiffers }
            for index in payments.indices { payments[index].isVoid = true }
            notePayment(received, method, at: at)
        }
        let back = min(order.givenBack.minor - before.givenBack.minor, order.givenBack.minor - refundedMinor)
        noteRefund(min(back, heldMinor), at: at)
        writtenOffMinor = min(max(writtenOffMinor, order.refunded.minor), totalMinor)
        let isSaid = try told.state != Payment(former.object("payment"), in: currency).state
        if isSaid, let state = told.state, state != payment { try say(state, at: at) }
    }

    private mutating func say(_ state: Payment.State, at: Instant) throws {
        switch state {
        case .refunded: noteRefund(heldMinor, at: at)
        case .partiallyRefunded:
            if refundedMinor == 0 { paymentMark = state }
        case .authorized, .failed, .pending:
            guard heldMinor == 0 else { throw paymentDiffers }
            paymentMark = state == .pending ? nil : state
        // How much it is decides what that is called.
        case .paid, .partiallyPaid, .voided: break
        }
    }

    private mutating func notePayment(_ minor: Int64, _ method: String?, at: Instant) {
        guard minor > 0 else { return }
        paymentMark = nil
        payments.append(
            PaymentRecord(
                number: Int64(payments.count + 1), amountMinor: minor, method: method, reference: nil, at: at))
    }

    private mutating func followGoods(_ details: Details, _ former: Details, isFinished: Bool, at: Instant) throws {
        let told = try Fulfilment(details.object("fulfilment"))
        note(told.parcels, at: at)
        guard try told.state != Fulfilment(former.object("fulfilment")).state, let state = told.state else {
            if isFinished { add(parts(\.open), to: \.fulfilled) }
            return
        }
        guard state != fulfilment else { return }
        switch state {
        case .fulfilled: add(parts(\.open), to: \.fulfilled)
        case .returned:
            add(parts(\.open), to: \.fulfilled)
            add(parts(\.returnable), to: \.returned)
        case .partial: isSaidPartial = true
        case .unfulfilled:
            guard shipments.isEmpty, returns.isEmpty, sum(\.returned) == 0 else { break }
            isSaidPartial = false
            for index in lines.indices { lines[index].fulfilled = 0 }
        case .partiallyReturned, .cancelled: break
        }
        guard state == fulfilment else { throw fulfilmentDiffers }
    }

    private var paymentDiffers: ChannelRefusal {
        .conflict(
            "payment-differs", "by what was noted the payment is \(payment.rawValue); note what has happened since",
            details: [JSON.Member(name: "noted", value: .string(payment.rawValue))])
    }

    private var fulfilmentDiffers: ChannelRefusal {
        .conflict(
            "fulfilment-differs",
            "by what was noted the fulfilment is \(fulfilment.rawValue); note what has happened since",
            details: [JSON.Member(name: "noted", value: .string(fulfilment.rawValue))])
    }
}
