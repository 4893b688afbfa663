public import Registry

extension CustomerSheet {
    /// Addresses as labels, under their titles; nothing where there are none.
    public mutating func addresses(_ addresses: [(title: String, lines: [String])]) {
        guard !addresses.isEmpty else { return }
        writer.heading(.addresses)
        writer.markup("<div class=\"cards\">")
        for address in addresses { writer.address(title: address.title, lines: address.lines) }
        writer.markup("</div>")
    }

    /// What an address is called: its own title, and what it is the default for.
    public func title(of address: String?, isShipping: Bool, isBilling: Bool) -> String {
        let roles = [
            address, isShipping ? SheetWord.shippingAddress.text(language) : nil,
            isBilling ? SheetWord.billingAddress.text(language) : nil,
        ]
        return roles.compactMap(\.self).joined(separator: " · ")
    }

    /// Coupons bound to the customer; nothing where there are none.
    public mutating func coupons(_ coupons: [Coupon]) {
        guard !coupons.isEmpty else { return }
        writer.heading(.coupons)
        writer.columns([.coupon, .value, .validUntil, .used], numeric: [3])
        writer.markup("<tbody>")
        for coupon in coupons {
            let terms = coupon.terms
            let value =
                switch terms.benefit {
                case .percent(let percentage): "\(format.number(percentage.text)) %"
                case .amount(let money): format.amount(money)
                case .item(let sku): sku
                }
            let limit = terms.limit.map { " / \($0)" } ?? ""
            writer.row(
                [terms.code, value, terms.endsAt.map(format.end) ?? "", "\(coupon.used)\(limit)"], numeric: [3])
        }
        writer.markup("</tbody></table>")
    }

    /// Where the customer stands for each purpose.
    public mutating func consent(of customer: Customer) {
        guard !customer.consent.isEmpty else { return }
        writer.heading(.consent)
        writer.markup("<dl>")
        for state in customer.consent {
            let since = "\(SheetWord.stateSince.text(language)) \(format.time(state.changedAt))"
            writer.field(language.name(of: state.purpose), "\(language.name(of: state.status)), \(since)")
        }
        writer.markup("</dl>")
    }

    /// Everything the customer ever said of consent.
    public mutating func evidence(_ evidence: [ConsentEvidence]) {
        guard !evidence.isEmpty else { return }
        writer.heading(.evidence)
        writer.columns([.date, .consent, .state, .wording, .channel, .actor])
        writer.markup("<tbody>")
        for piece in evidence {
            let purpose = ConsentPurpose(rawValue: piece.purpose).map(language.name) ?? piece.purpose
            let status = ConsentStatus(rawValue: piece.status).map(language.name) ?? piece.status
            writer.row([
                format.time(piece.saidAt ?? piece.at), purpose, status, piece.wording ?? "", piece.channel ?? "",
                piece.actor,
            ])
            let more = [piece.origin, piece.sourceIP, piece.note].compactMap(\.self).joined(separator: " · ")
            if !more.isEmpty { writer.wide(more, columns: 6, style: "more") }
        }
        writer.markup("</tbody></table>")
    }

    /// Why the customer is denied, for staff only; nothing where there is no reason.
    public mutating func denial(of customer: Customer) {
        guard let reason = customer.denyReason else { return }
        writer.element("p", "\(SheetWord.denied.text(language)): \(reason)", style: "warning")
    }

    /// What staff wrote, for staff only.
    public mutating func notes(_ notes: [Note]) {
        guard !notes.isEmpty else { return }
        writer.heading(.notes)
        writer.columns([.date, .actor, .entry])
        writer.markup("<tbody>")
        for note in notes { writer.row([format.time(note.at), note.author, note.text]) }
        writer.markup("</tbody></table>")
    }

    /// Begins the table of what happened.
    public mutating func beginTimeline() {
        writer.heading(.timeline)
        writer.columns([.date, .entry, .actor])
        writer.markup("<tbody>")
    }

    /// What happened once.
    public mutating func entry(_ entry: TimelineEntry) {
        writer.row([format.time(entry.at), entry.topic, entry.actor])
    }

    /// Ends the table of what happened.
    public mutating func endTimeline() {
        writer.markup("</tbody></table>")
    }
}
