internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

extension CouponVerbs {
    private static let id = Parameter.required("hold", .integer, "the hold")

    static let hold = Verb(
        "coupon.hold", "sets a use of a coupon aside for an order that is being placed", roles: [.staff, .channel],
        [code] + CouponUseArgument.parameters + [
            .optional("ttl", .integer, "for how many seconds, 1 to 86400; 900 where absent")
        ],
        .write { invocation in
            let code = invocation.arguments.required("code")
            let asked = try CouponUseArgument(invocation)
            guard asked.total != nil else { throw CommandError.missingArgument("total") }
            let seconds = invocation.arguments.integer("ttl") ?? CouponHold.usualSeconds
            guard (1...CouponHold.longestSeconds).contains(seconds) else {
                throw CommandError.badValue("ttl", "1 to \(CouponHold.longestSeconds) seconds")
            }
            return { transaction in
                let zero = Money(minor: 0, currency: asked.currency)
                let hold = try invocation.guessing(transaction) {
                    let use = try asked.use(transaction.reading, subtotal: zero, at: invocation.at)
                    return try CouponWriter(transaction, invocation.occasion).hold(code, for: use, seconds: seconds)
                }
                return Reply(outcome: .ok(.hold(hold, at: invocation.at)))
            }
        })

    static let commit = Verb(
        "coupon.commit",
        "redeems a hold for an order registered without a coupon, whose amounts stay; or give order.register the hold",
        roles: [.staff, .channel], [id, .required("order", .integer, "the order that uses it")],
        .write { invocation in
            let id = invocation.hold
            let order = OrderID(rawValue: invocation.arguments.integer("order") ?? 0)
            return { transaction in
                try invocation.mayUse(id, transaction.reading)
                let hold = try CouponWriter(transaction, invocation.occasion).commit(id, for: order)
                return Reply(outcome: .ok(.hold(hold, at: invocation.at)))
            }
        })

    static let release = Verb(
        "coupon.release", "gives a hold back before its time", roles: [.staff, .channel], [id],
        .write { invocation in
            let id = invocation.hold
            return { transaction in
                try invocation.mayUse(id, transaction.reading)
                let hold = try CouponWriter(transaction, invocation.occasion).release(id)
                return Reply(outcome: .ok(.hold(hold, at: invocation.at)))
            }
        })
}

extension TenantInvocation {
    fileprivate var hold: CouponHoldID { CouponHoldID(rawValue: arguments.integer("hold") ?? 0) }

    /// Refuses a hold that another channel has taken, as if there were none.
    fileprivate func mayUse(_ id: CouponHoldID, _ transaction: ReadTransaction) throws {
        let hold = try CouponReader(transaction).hold(id)
        guard caller.channel == nil || caller.channel == hold.channel else { throw CouponError.noHold }
    }
}
