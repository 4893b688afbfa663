internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

extension CouponVerbs {
    static let generate = Verb(
        "coupon.generate", "makes many coupons of the same terms, each with a random code", roles: [.staff],
        [
            .required("count", .integer, "how many, 1 to 10000"),
            .optional("prefix", .text, "what each code begins with", maximum: 32),
            .optional("length", .integer, "how many random letters follow, 4 to 32; 8 where absent"),
        ] + CouponTermsArgument.parameters + [
            .optional("currency", .text, "the currency they are good for; the tenant's where absent"),
            .optional("customer", .integer, "the only customer they are good for"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            let count = Int(clamping: arguments.integer("count") ?? 0)
            guard (1...10_000).contains(count) else { throw CommandError.badValue("count", "1 to 10000 at a time") }
            let length = Int(clamping: arguments.integer("length") ?? 8)
            guard (4...32).contains(length) else { throw CommandError.badValue("length", "4 to 32 letters") }
            let prefix = (arguments.text("prefix") ?? "").filter { !$0.isWhitespace }
            let argument = CouponTermsArgument(invocation)
            let given = try argument.terms(code: "")
            guard count * given.products.count <= 100_000 else {
                throw CommandError.badValue("count", "too many coupons for so many products")
            }
            return { transaction in
                var terms = given
                try argument.applyGroups(to: &terms, transaction.reading)
                let codes = try CouponWriter(transaction, invocation.occasion).generate(
                    count, prefix: prefix, length: length, terms)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("count", Int64(codes.count))
                            writer.member("campaign", terms.campaign)
                            writer.member("codes", codes)
                        }))
            }
        })

    static let update = Verb(
        "coupon.update", "changes what a coupon gives from now on", roles: [.staff],
        [code] + CouponTermsArgument.parameters + [
            .optional("clear", .words, "names of terms to take away, such as limit,ends")
        ],
        .write { invocation in
            let argument = CouponTermsArgument(invocation)
            let code = invocation.arguments.required("code")
            let cleared = invocation.arguments.words("clear")
            let clearable = CouponTermsArgument.parameters.map(\.name).filter {
                !["percent", "amount", "item"].contains($0)
            }
            if let wrong = cleared.first(where: { !clearable.contains($0) }) {
                throw CommandError.badValue("clear", "there is no \(wrong) to take away")
            }
            return { transaction in
                try CouponWriter(transaction, invocation.occasion).update(code) { terms in
                    try argument.apply(to: &terms, clearing: cleared)
                    try argument.applyGroups(to: &terms, clearing: cleared, transaction.reading)
                }
                return try invocation.coupon(code, transaction.reading)
            }
        })

    static let assign = Verb(
        "coupon.assign", "binds a coupon to one customer; nobody else can use it", roles: [.staff],
        [code, .required("customer", .integer, "whose it is")],
        .write { invocation in
            let code = invocation.arguments.required("code")
            let customer = invocation.arguments.customer()
            return { transaction in
                try CouponWriter(transaction, invocation.occasion).assign(code, to: customer)
                return try invocation.coupon(code, transaction.reading)
            }
        })

    static let archive = Verb(
        "coupon.archive", "takes a coupon out of use; what it was used for stays", roles: [.staff], [code],
        .write { invocation in
            let code = invocation.arguments.required("code")
            return { transaction in
                try CouponWriter(transaction, invocation.occasion).archive(code)
                return try invocation.coupon(code, transaction.reading)
            }
        })

    static let delete = Verb(
        "coupon.delete", "deletes a coupon that was never used", roles: [.staff], [code],
        .write { invocation in
            let code = invocation.arguments.required("code")
            return { transaction in
                let name = try CouponReader(transaction.reading).coupon(code).terms.code
                try CouponWriter(transaction, invocation.occasion).delete(code)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("code", name)
                            writer.member("deleted", true)
                        }))
            }
        })
}
