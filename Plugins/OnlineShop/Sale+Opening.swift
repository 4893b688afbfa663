import ChannelKit

extension Sale {
    /// What an order's details tell of it, before anything was noted.
    ///
    /// - Throws: `JSONError`, ``ChannelRefusal`` for stored details that can no longer be read.
    init(of order: Order, _ orderLines: [OrderLine]) throws {
        self.init(order, lines: SaleLine.all(of: order, orderLines))
        let details = try Details(storedWith: order)
        try openMoney(order, details.object("payment"))
        try openGoods(order, Fulfilment(details.object("fulfilment")))
        if order.state.isClosed { cancelOpen() }
    }

    /// An order of which nothing is told.
    init(_ order: Order, lines: [SaleLine]) {
        let amounts = order.amounts
        self.order = order.id
        currency = amounts.total.currency
        totalMinor = max(0, amounts.total.minor)
        shippingMinor = max(0, amounts.total.minor - amounts.subtotal.minor + amounts.discount.minor)
        isVoid = order.isVoid
        self.lines = lines
        writtenOffMinor = min(max(0, order.refunded.minor), totalMinor)
    }

    private mutating func openMoney(_ order: Order, _ details: Details?) throws {
        let told = try Payment(details, in: currency)
        let method = try details?.text("method")
        if order.paid.minor > 0 {
            payments = [
                PaymentRecord(
                    number: 1, amountMinor: order.paid.minor, method: method, reference: nil, at: order.placedAt)
            ]
        }
        noteRefund(told.state == .refunded ? paidMinor : min(paidMinor, order.givenBack.minor), at: order.recordedAt)
        switch told.state {
        case .authorized?, .failed?: paymentMark = told.state
        case .partiallyRefunded?: paymentMark = refundedMinor == 0 ? told.state : nil
        case .pending?, .partiallyPaid?, .paid?, .refunded?, .voided?, nil: break
        }
    }

    private mutating func openGoods(_ order: Order, _ told: Fulfilment) throws {
        switch told.state {
        case .fulfilled?, .partiallyReturned?: add(parts(\.open), to: \.fulfilled)
        case .returned?:
            add(parts(\.open), to: \.fulfilled)
            add(parts(\.returnable), to: \.returned)
        case .partial?: isSaidPartial = true
        case nil where order.state == .completed: add(parts(\.open), to: \.fulfilled)
        case .unfulfilled?, .cancelled?, nil: break
        }
        note(told.parcels, at: order.placedAt)
    }

    /// Adds the parcels that are not there yet.
    mutating func note(_ parcels: [Fulfilment.Parcel], at: Instant) {
        var known = shipments.map { Fulfilment.Parcel(carrier: $0.carrier, number: $0.tracking) }
        for parcel in parcels {
            if let index = known.firstIndex(of: parcel) {
                known.remove(at: index)
            } else {
                shipments.append(
                    Shipment(
                        number: Int64(shipments.count + 1), carrier: parcel.carrier, tracking: parcel.number,
                        shippedAt: at, deliveredAt: nil, parts: []))
            }
        }
    }

    /// Adds money that went back for nothing in particular; nothing where it is none.
    mutating func noteRefund(_ minor: Int64, at: Instant) {
        guard minor > 0 else { return }
        refunds.append(
            RefundRecord(
                number: Int64(refunds.count + 1), amountMinor: minor, method: nil, reference: nil, reason: nil, at: at))
    }
}

extension Order {
    /// Whether nothing is due for it any more since it was called off.
    var isVoid: Bool {
        switch state {
        case .cancelled, .expired: true
        case .open, .confirmed, .completed, .refunded: false
        }
    }
}

extension SaleLine {
    /// The lines of an order; an order without any is one line by itself.
    ///
    /// The discount counts on all lines by what they cost; of lines that lessen the order nothing is delivered.
    static func all(of order: Order, _ lines: [OrderLine]) -> [SaleLine] {
        let goods = max(0, order.amounts.subtotal.minor - order.amounts.discount.minor)
        guard !lines.isEmpty else {
            return [SaleLine(number: 1, sku: nil, name: nil, ordered: 1_000_000, valueMinor: goods)]
        }
        // The sum of all must not overflow.
        let most = Int128.max / Int128(lines.count)
        let prices = lines.map { min(max(0, Int128($0.quantity.micros)) * max(0, Int128($0.unitPrice.micros)), most) }
        let whole = prices.reduce(0, +)
        var (sum, shared): (Int128, Int64) = (0, 0)
        return zip(lines, prices).enumerated().map { index, line in
            sum += line.1
            // Rounded over all lines so far: the shares add up to the whole.
            let upToHere = whole == 0 ? 0 : Int64(whole.dividingFullWidth(sum.multipliedFullWidth(by: Int128(goods))).0)
            defer { shared = upToHere }
            return SaleLine(
                number: Int64(index + 1), sku: line.0.sku, name: line.0.name,
                ordered: max(0, line.0.quantity.micros), valueMinor: upToHere - shared)
        }
    }
}
