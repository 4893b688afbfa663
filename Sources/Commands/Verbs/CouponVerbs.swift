internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum CouponVerbs {
    static let all = [
        create, generate, show, list, update, assign, archive, delete, check, hold, commit, release, verify,
    ]

    static let code = Parameter.required("code", .text, "the coupon; neither case nor spaces matter", maximum: 200)

    private static let create = Verb(
        "coupon.create", "makes a coupon", roles: [.staff],
        [.required("code", .text, "the text on the coupon; case does not matter", maximum: 200)]
            + CouponTermsArgument.parameters + [
                .optional("currency", .text, "the currency it is good for; the tenant's where absent"),
                .optional("customer", .integer, "the only customer it is good for"),
            ],
        .write { invocation in
            let argument = CouponTermsArgument(invocation)
            let given = try argument.terms(code: invocation.arguments.required("code"))
            return { transaction in
                var terms = given
                try argument.applyGroups(to: &terms, transaction.reading)
                try CouponWriter(transaction, invocation.occasion).create(terms)
                return try invocation.coupon(terms.code, transaction.reading)
            }
        })

    private static let show = Verb(
        "coupon.show", "shows a coupon with what it has been used for", roles: [.staff, .reader], [code],
        .read { invocation in
            let code = invocation.arguments.required("code")
            return { try invocation.coupon(code, $0) }
        })

    private static let list = Verb(
        "coupon.list", "lists coupons a page at a time", roles: [.staff, .reader],
        [
            .optional("customer", .integer, "only those for this one customer"),
            .optional("campaign", .text, "only those made for this"),
            .optional("search", .text, "only those whose code begins so, by code", maximum: 200),
            .optional("archived", .flag, "those that are archived instead of those that are not"),
            .limit, .after,
        ],
        .read { invocation in
            let arguments = invocation.arguments
            var filter = CouponFilter()
            filter.customer = arguments.integer("customer").map(CustomerID.init(rawValue:))
            filter.campaign = arguments.text("campaign")
            filter.prefix = arguments.text("search").flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
            filter.isArchived = arguments.flag("archived") ?? false
            let limit = try arguments.limit()
            let after = try arguments.couponCursor()
            let at = invocation.at
            return { [filter] transaction in
                let coupons = try CouponReader(transaction).coupons(filter, after: after, limit: limit, at: at)
                let cursor = { (coupon: Coupon) in
                    let cursor = CouponReader.cursor(behind: coupon, in: filter)
                    return Cursor.text(.string(cursor.key), .number(String(cursor.id)))
                }
                return .page(coupons, limit: limit, row: { .coupon($0) }, next: cursor)
            }
        })

    private static let check = Verb(
        "coupon.check", "tells what a coupon would take off, or why it cannot be used",
        roles: [.staff, .reader, .channel, .portal],
        [code] + CouponUseArgument.parameters + [.optional("placed_at", .time, "when; now where absent")],
        .read { invocation in
            let code = invocation.arguments.required("code")
            let asked = try CouponUseArgument(invocation)
            let at = try invocation.instant("placed_at") ?? invocation.at
            return { transaction in
                let reader = CouponReader(transaction)
                let (coupon, discount) = try invocation.guessing(transaction) {
                    let coupon = try reader.coupon(code, at: invocation.at)
                    // Without a total only the other conditions are asked about.
                    let subtotal = coupon.terms.minimum ?? Money(minor: 0, currency: asked.currency)
                    var use = try asked.use(transaction, subtotal: subtotal, at: at)
                    use.askedAt = invocation.at
                    return (coupon, try reader.discount(of: coupon, for: use))
                }
                let isKnown = asked.total != nil && (asked.lines != nil || !coupon.terms.needsLines)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("code", coupon.terms.code)
                            writer.member("valid", true)
                            writer.member("discount", isKnown ? discount.text : nil)
                            writer.member("currency", discount.currency.code)
                        }))
            }
        })

    private static let verify = Verb(
        "coupon.verify", "compares the coupons' counters with the ledger of redemptions and with what is held",
        roles: [.staff, .reader],
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
    /// The whole of a coupon, as it is now.
    func coupon(_ code: String, _ transaction: ReadTransaction) throws -> Reply {
        Reply(outcome: .ok(.coupon(try CouponReader(transaction).coupon(code, at: at))))
    }
}

extension Arguments {
    fileprivate func couponCursor() throws(CommandError) -> CouponCursor? {
        guard let values = try Cursor.values(self, count: 2) else { return nil }
        guard let key = values[0].stringValue, let id = values[1].integerValue else {
            throw .badValue("after", "give what the page before said under next")
        }
        return CouponCursor(key: key, id: id)
    }
}
