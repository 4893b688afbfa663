extension OrderDraft {
    /// Writes what was submitted, without its details, as a channel in a process of its own reads it.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ext", ext)
        writer.member("kind", kind.rawValue)
        writer.member("state", isStateGiven ? channelState ?? state.rawValue : nil)
        writer.member("placed_at", placedAt?.text)
        writer.member("currency", currency.code)
        writer.member("total", declared?.text)
        writer.lines(lines, in: currency)
        writer.name("customer")
        switch buyer {
        case .customer(let id): writer.integer(id.rawValue)
        case .described(let description): writer.fragment(description.snapshot)
        case .anonymous: writer.null()
        }
        writer.member("coupon", coupon)
        if !consent.isEmpty { writeConsent(to: &writer) }
        writer.member("test", isTest)
        writer.endObject()
    }

    private func writeConsent(to writer: inout JSONWriter) {
        writer.name("consent")
        writer.beginArray()
        for statement in consent {
            writer.beginObject()
            writer.member("purpose", statement.purpose.rawValue)
            writer.member("granted", statement.isGranted)
            writer.member("wording", statement.wording)
            writer.endObject()
        }
        writer.endArray()
    }

    /// An order as ``write(to:)`` wrote it.
    ///
    /// - Throws: ``ChannelRefusal`` or `ValueError` for the first thing that is wrong with it.
    package init(
        submitted members: Details, details: JSONFragment, of descriptor: ChannelDescriptor, _ occasion: Occasion
    ) throws {
        self.init(
            channel: descriptor.id, ext: nil, buyer: .anonymous, kind: .order, state: .open,
            currency: occasion.shop.currency, lines: [], declared: nil, details: details)
        try complete(with: members, of: descriptor, occasion)
        isStateGiven = try members.text("state") != nil
    }

    /// Writes what has been completed since `before`, as ``complete(with:of:_:)`` reads it.
    package func write(since before: OrderDraft, to writer: inout JSONWriter) {
        writer.beginObject()
        if ext != before.ext { writer.member("ext", ext) }
        if kind != before.kind { writer.member("kind", kind.rawValue) }
        if state != before.state || channelState != before.channelState {
            writer.member("state", channelState ?? state.rawValue)
        }
        if placedAt != before.placedAt { writer.member("placed_at", placedAt?.text) }
        if currency != before.currency { writer.member("currency", currency.code) }
        if declared != before.declared { writer.member("total", declared?.text) }
        if lines != before.lines { writer.lines(lines, in: currency) }
        if chargesMinor != before.chargesMinor {
            writer.member("charges", Money(minor: chargesMinor, currency: currency).text)
        }
        if chargesTaxMinor != before.chargesTaxMinor {
            writer.member("charges_tax", Money(minor: chargesTaxMinor, currency: currency).text)
        }
        if isPaidInFull {
            writer.member("paid", "all")
        } else if paidMinor != before.paidMinor {
            writer.member("paid", Money(minor: paidMinor, currency: currency).text)
        }
        if isGivenBackInFull {
            writer.member("given_back", "all")
        } else if let givenBackMinor {
            writer.member("given_back", Money(minor: givenBackMinor, currency: currency).text)
        }
        if coupon != before.coupon { writer.member("coupon", coupon) }
        if consent != before.consent { writeConsent(to: &writer) }
        if addresses != before.addresses {
            writer.name("addresses")
            writer.beginArray()
            for address in addresses {
                writer.beginObject()
                writer.member("use", address.use.rawValue)
                switch address.place {
                case .book(let id): writer.member("address", id.rawValue)
                case .written(let fields): writer.member("address", fields.json)
                }
                writer.endObject()
            }
            writer.endArray()
        }
        if isTest != before.isTest { writer.member("test", isTest) }
        if details != before.details { writer.member("details", details) }
        writer.endObject()
    }

    /// An order that is described from nothing.
    ///
    /// - Throws: ``ChannelRefusal`` or `ValueError` for the first thing that is wrong with it.
    package init(
        _ members: Details, of descriptor: ChannelDescriptor, isStateGiven: Bool, _ occasion: Occasion
    ) throws {
        self.init(
            channel: descriptor.id, ext: nil, buyer: .anonymous, kind: .order, state: .open,
            currency: occasion.shop.currency, lines: [], declared: nil, details: .emptyObject)
        try complete(with: members, of: descriptor, occasion)
        self.isStateGiven = try isStateGiven && members.text("state") != nil
        if channelState == nil, !self.isStateGiven, let first = descriptor.states.first {
            (state, channelState) = (first.state, first.name)
        }
    }

    /// Replaces what these members name.
    ///
    /// - Throws: ``ChannelRefusal`` or `ValueError` for the first thing that is wrong with them.
    package mutating func complete(
        with members: Details, of descriptor: ChannelDescriptor, _ occasion: Occasion
    ) throws {
        let json = members.json
        if let code = try members.text("currency") { currency = try Currency(code) }
        if let ext = try members.text("ext") { self.ext = ext }
        if let kind = try members.word("kind", among: OrderKind.allCases.map(\.rawValue)) {
            self.kind = OrderKind(rawValue: kind) ?? .order
        }
        if !isStateGiven, let name = try members.text("state") {
            (state, channelState) = try descriptor.resolve(state: name)
        }
        if let at = try members.instant("placed_at", zone: occasion.shop.timeZone) { placedAt = at }
        if json["lines"]?.arrayValue != nil { lines = try members.orderLines("lines") }
        if let total = try members.amount("total", in: currency) { declared = total }
        if let charges = try members.amount("charges", in: currency) { chargesMinor = charges.minor }
        if let tax = try members.amount("charges_tax", in: currency) { chargesTaxMinor = tax.minor }
        if json["paid"]?.stringValue == "all" {
            isPaidInFull = true
        } else if let paid = try members.amount("paid", in: currency) {
            paidMinor = paid.minor
        }
        if json["given_back"]?.stringValue == "all" {
            isGivenBackInFull = true
        } else if let back = try members.amount("given_back", in: currency) {
            givenBackMinor = back.minor
        }
        if let coupon = try members.text("coupon") { self.coupon = coupon }
        if let customer = json["customer"], customer != .null {
            buyer = try members.buyer("customer", in: occasion.shop)
            addresses = [OrderAddress(ofBuyer: customer)].compactMap(\.self)
        }
        if json["addresses"] != nil { addresses = try members.objects("addresses").map(Self.address) }
        if let consent = json["consent"], consent != .null {
            self.consent = try members.objects("consent").map(Self.statement)
        }
        if let isTest = try members.flag("test") { self.isTest = isTest }
        if let details = try members.object("details") { self.details = JSONFragment(of: details.json.canonical) }
    }

    private static func statement(_ members: Details) throws -> ConsentStatement {
        let purpose = try members.word("purpose", among: ConsentPurpose.allCases.map(\.rawValue))
        return ConsentStatement(
            purpose: purpose.flatMap(ConsentPurpose.init) ?? .newsletter,
            isGranted: try members.flag("granted") ?? true, wording: try members.text("wording"))
    }

    private static func address(_ members: Details) throws -> OrderAddress {
        let word = try members.word("use", among: OrderAddress.Use.allCases.map(\.rawValue))
        let use = word.flatMap(OrderAddress.Use.init) ?? .contact
        if let id = members.json["address"]?.integerValue { return OrderAddress(use, .book(AddressID(rawValue: id))) }
        guard let fields = members.json["address"].flatMap({ AddressFields(written: $0, country: nil) }) else {
            throw members.bad("address", "an id or the parts of an address are needed")
        }
        return OrderAddress(use, .written(fields))
    }
}

extension ChannelDescriptor {
    /// What a word says of an order's state: one of the channel's own, or a common one.
    ///
    /// - Throws: ``ChannelRefusal`` for a word that is neither.
    package func resolve(state text: String) throws -> (state: OrderState, own: String?) {
        // A word that is both means the channel's own, which says more; cancelled is whatever the channel calls it.
        if text == OrderState.cancelled.rawValue, let own = states.first(where: { $0.state == .cancelled }) {
            return (.cancelled, own.name)
        }
        if let own = states.first(where: { $0.name == text }) { return (own.state, text) }
        if let state = OrderState(rawValue: text) { return (state, nil) }
        return (try state(for: text), text)
    }
}
