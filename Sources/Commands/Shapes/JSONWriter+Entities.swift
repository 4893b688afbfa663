internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// The whole of a coupon.
    static func coupon(_ coupon: Coupon) -> JSONFragment {
        let terms = coupon.terms
        var percent: String?
        var amount: String?
        var item: String?
        switch terms.benefit {
        case .percent(let percentage): percent = percentage.text
        case .amount(let money): amount = money.text
        case .item(let sku): item = sku
        }
        return JSONWriter.object { writer in
            writer.member("code", terms.code)
            writer.member("percent", percent)
            writer.member("amount", amount)
            writer.member("item", item)
            writer.member("currency", terms.currency.code)
            writer.member("minimum", terms.minimum?.text)
            writer.member("starts", terms.startsAt?.text)
            writer.member("ends", terms.endsAt?.text)
            writer.member("limit", terms.limit)
            writer.member("used", coupon.used)
            writer.member("held", coupon.held)
            writer.member("per_customer", terms.perCustomer)
            writer.member("budget", terms.budget?.text)
            writer.member("spent", coupon.spent.text)
            writer.member("channels", terms.channels)
            writer.member("products", terms.products)
            writer.member("groups", coupon.groupNames)
            writer.member("for_groups", terms.groups != nil)
            writer.member("customer", terms.customer?.rawValue)
            writer.member("first_order", terms.isFirstOrderOnly)
            writer.member("campaign", terms.campaign)
            writer.member("archived", coupon.archivedAt != nil)
        }
    }

    /// The whole of a hold.
    static func hold(_ hold: CouponHold, at now: Instant) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("hold", hold.id.rawValue)
            writer.member("code", hold.code)
            writer.member("state", hold.state(at: now).rawValue)
            writer.member("discount", hold.discount.text)
            writer.member("currency", hold.discount.currency.code)
            writer.member("customer", hold.customer?.rawValue)
            writer.member("channel", hold.channel)
            writer.member("held_at", hold.heldAt.text)
            writer.member("expires_at", hold.expiresAt.text)
            writer.member("order", hold.order?.rawValue)
        }
    }

    /// A timeline entry, which is an event too.
    static func entry(_ entry: TimelineEntry) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("seq", entry.seq)
            writer.member("at", entry.at.text)
            writer.member("topic", entry.topic)
            writer.member("actor", entry.actor)
            writer.member("customer", entry.customer?.rawValue)
            writer.member("order", entry.order?.rawValue)
            writer.member("data", entry.data)
        }
    }

    static func note(_ note: Note) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", note.id)
            writer.member("customer", note.customer.rawValue)
            writer.member("author", note.author)
            writer.member("at", note.at.text)
            writer.member("text", note.text)
        }
    }

    static func tag(_ tag: Tag) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("tag", tag.name)
            writer.member("customers", tag.customers)
        }
    }

    static func group(_ group: CustomerGroup) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", group.id.rawValue)
            writer.member("group", group.name)
            writer.member("tax_exempt", group.isTaxExempt)
            writer.member("customers", group.customers)
        }
    }

    static func token(_ token: Token) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", token.selector)
            writer.member("role", token.role.rawValue)
            writer.member("channel", token.channel)
            writer.member("label", token.label)
            writer.member("created_at", token.createdAt.text)
            writer.member("revoked_at", token.revokedAt?.text)
        }
    }
}
