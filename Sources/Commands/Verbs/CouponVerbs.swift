internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum CouponVerbs {
    static let all = [create, show, list, assign, check, verify]

    private static let create = Verb(
        "coupon.create", "makes a coupon", roles: [.staff],
        [
            .required("code", .text, "the text on the coupon; case does not matter"),
            .optional("percent", .text, "what it takes off, in per cent"),
            .optional("amount", .amount, "or an amount it takes off"),
            .optional("item", .text, "or the sku of which one unit is free"),
            .optional("currency", .text, "the currency it is good for; the tenant's where absent"),
            .optional("minimum", .amount, "what an order must come to at least"),
            .optional("starts", .time, "from when on it is good"),
            .optional("ends", .time, "until when it is good; a day alone is included"),
            .optional("limit", .integer, "how often it may be used in all"),
            .optional("per_customer", .integer, "how often one customer may use it"),
            .optional("budget", .amount, "what all its discounts may come to"),
            .optional("channels", .words, "where it is good; everywhere where absent"),
            .optional("customer", .integer, "the only customer it is good for"),
            .optional("first_order", .flag, "good for a customer's first order only"),
        ],
        .write { invocation in
            let terms = try invocation.couponTerms()
            return { transaction in
                try CouponWriter(transaction, invocation.occasion).create(terms)
                return Reply(outcome: .ok(.coupon(try CouponReader(transaction.reading).coupon(terms.code))))
            }
        })

    private static let show = Verb(
        "coupon.show", "shows a coupon with what it has been used for", roles: [.staff, .reader],
        [.required("code", .text, "the coupon")],
        .read { invocation in
            let code = invocation.arguments.required("code")
            return { Reply(outcome: .ok(.coupon(try CouponReader($0).coupon(code)))) }
        })

    private static let list = Verb(
        "coupon.list", "lists coupons a page at a time", roles: [.staff, .reader],
        [
            .optional("customer", .integer, "only those for this one customer"),
            .limit, .after,
        ],
        .read { invocation in
            let customer = invocation.arguments.integer("customer").map(CustomerID.init(rawValue:))
            let limit = try invocation.arguments.limit()
            let after = try Cursor.number(invocation.arguments, start: 0)
            return { transaction in
                let coupons = try CouponReader(transaction).coupons(of: customer, after: after, limit: limit)
                let cursor = { (coupon: Coupon) in Cursor.text(coupon.id.rawValue) }
                return .page(
                    coupons, row: { .coupon($0) }, next: cursor,
                    end: coupons.count == limit ? coupons.last.map(cursor) : nil)
            }
        })

    private static let assign = Verb(
        "coupon.assign", "binds a coupon to one customer; nobody else can use it", roles: [.staff],
        [
            .required("code", .text, "the coupon"),
            .required("customer", .integer, "whose it is"),
        ],
        .write { invocation in
            let code = invocation.arguments.required("code")
            let customer = invocation.arguments.customer()
            return { transaction in
                try CouponWriter(transaction, invocation.occasion).assign(code, to: customer)
                return Reply(outcome: .ok(.coupon(try CouponReader(transaction.reading).coupon(code))))
            }
        })

    private static let check = Verb(
        "coupon.check", "tells what a coupon would take off, or why it cannot be used",
        roles: [.staff, .reader, .channel],
        [
            .required("code", .text, "the coupon"),
            .optional("customer", .integer, "who wants to use it"),
            .optional("total", .amount, "what the order comes to before the discount"),
            .optional("currency", .text, "the order's currency; the tenant's where absent"),
            .optional("channel", .text, "where it is to be used"),
            .optional("placed_at", .time, "when; now where absent"),
        ],
        .read { invocation in
            let arguments = invocation.arguments
            let code = arguments.required("code")
            let currency = try invocation.currency()
            let total = try invocation.money("total", in: currency)
            let at = try invocation.instant("placed_at") ?? invocation.at
            let customer = arguments.integer("customer").map(CustomerID.init(rawValue:))
            let channel = arguments.text("channel") ?? invocation.caller.channel
            if let channel { try invocation.caller.mayUse(channel: channel) }
            return { transaction in
                let reader = CouponReader(transaction)
                let coupon = try reader.coupon(code)
                let orders = try customer.map { try CustomerReader(transaction).customer($0).orderCount } ?? 0
                // Without a total only the other conditions are asked about.
                let subtotal = total ?? coupon.terms.minimum ?? Money(minor: 0, currency: coupon.terms.currency)
                let use = CouponUse(
                    channel: channel, customer: customer, subtotal: subtotal, lines: nil, at: at,
                    earlierOrders: orders)
                let discount = try reader.discount(of: coupon, for: use)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("code", coupon.terms.code)
                            writer.member("valid", true)
                            writer.member("discount", total == nil ? nil : discount.text)
                            writer.member("currency", discount.currency.code)
                        }))
            }
        })

    private static let verify = Verb(
        "coupon.verify", "compares the coupons' counters with the ledger of redemptions", roles: [.staff, .reader],
        .read { _ in
            { transaction in
                let reader = CouponReader(transaction)
                let wrong = try reader.mismatches()
                let count = try reader.count()
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("ok", wrong.isEmpty)
                            writer.member("coupons", count)
                            writer.member("wrong", wrong)
                        }))
            }
        })
}

extension TenantInvocation {
    fileprivate func couponTerms() throws -> CouponTerms {
        let currency = try currency()
        var terms = CouponTerms(
            code: arguments.required("code"), benefit: try couponBenefit(in: currency), currency: currency)
        terms.minimum = try positive("minimum", in: currency)
        terms.startsAt = try instant("starts")
        terms.endsAt = try end("ends")
        if let starts = terms.startsAt, let ends = terms.endsAt, ends <= starts {
            throw CommandError.badValue("ends", "it must come after starts")
        }
        terms.limit = try positive("limit")
        terms.perCustomer = try positive("per_customer")
        terms.budget = try positive("budget", in: currency)
        terms.channels = arguments.words("channels")
        for channel in terms.channels where profile.installedChannel(channel) == nil {
            throw CommandError.badValue("channels", "there is no channel \(channel)")
        }
        terms.customer = arguments.integer("customer").map(CustomerID.init(rawValue:))
        terms.isFirstOrderOnly = arguments.flag("first_order") ?? false
        return terms
    }

    private func couponBenefit(in currency: Currency) throws(CommandError) -> CouponBenefit {
        let given = ["percent", "amount", "item"].filter(arguments.has)
        guard given.count == 1 else {
            guard given.isEmpty else { throw .badValue(given[1], "only one of percent, amount and item can be given") }
            throw .missingArgument("percent")
        }
        if let percent = try arguments.value("percent", { (text) throws(ValueError) in try Percentage(parsing: text) })
        {
            guard percent.millionths > 0 else { throw .badValue("percent", "it must be above 0") }
            return .percent(percent)
        }
        if let amount = try positive("amount", in: currency) { return .amount(amount) }
        return .item(sku: arguments.required("item"))
    }

    private func positive(_ name: String, in currency: Currency) throws(CommandError) -> Money? {
        guard let money = try money(name, in: currency) else { return nil }
        guard money.minor > 0 else { throw .badValue(name, "it must be above 0") }
        return money
    }

    private func positive(_ name: String) throws(CommandError) -> Int64? {
        guard let number = arguments.integer(name) else { return nil }
        guard number > 0 else { throw .badValue(name, "it must be above 0") }
        return number
    }
}
