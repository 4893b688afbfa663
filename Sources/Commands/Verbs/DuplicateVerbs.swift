internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// Who may be the same, and who are tests.
enum DuplicateVerbs {
    static let all = [duplicates, distinct, purgeTests, verify]

    private static let duplicates = Verb(
        "customer.duplicates", "suggests customers who may be the same, with what speaks for it", roles: [.staff],
        [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let cursor = try invocation.arguments.duplicateCursor()
            return { transaction in
                let (pairs, next) = try DuplicateReader(transaction).page(after: cursor, limit: limit)
                return Reply(rows: pairs.map { .duplicate($0) }, outcome: .list(next: next?.text, extra: []))
            }
        })

    private static let distinct = Verb(
        "customer.distinct", "says that two customers are two, who are then no longer suggested", roles: [.staff],
        [.required("a", .integer, "the one"), .required("b", .integer, "the other")],
        .write { invocation in
            let (a, b) = (invocation.arguments.customer("a"), invocation.arguments.customer("b"))
            return { transaction in
                try DuplicateWriter(transaction, invocation.occasion).distinguish(a, b)
                return Reply(outcome: .ok(.emptyObject))
            }
        })

    private static let purgeTests = Verb(
        "customer.purge-tests", "removes test customers and test orders for good; count them with preview first",
        roles: [.staff],
        [
            .optional("preview", .flag, "only counts"),
            .optional("expect", .integer, "the number of customers that the preview told; needed to remove them"),
        ],
        .write { invocation in
            let expected = invocation.arguments.integer("expect")
            let isPreview = invocation.arguments.flag("preview") ?? false
            guard isPreview || expected != nil else { throw CommandError.missingArgument("preview or expect") }
            return { transaction in
                let purge = TestPurge(transaction, invocation.occasion)
                let count =
                    if !isPreview, let expected {
                        try purge.run(expecting: expected)
                    } else {
                        try TestPurge.count(transaction.reading)
                    }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("preview", isPreview)
                            writer.member("customers", count.customers)
                            writer.member("orders", count.orders)
                            writer.member("kept", count.kept)
                        }))
            }
        })

    private static let verify = Verb(
        "customer.verify", "compares what is kept of a customer's orders with the orders", roles: [.staff],
        [.required("id", .integer, "the customer")],
        .read { invocation in
            let id = invocation.arguments.customer("id")
            return { transaction in
                let sums = try TotalsCheck(transaction).sums(of: id)
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("ok", sums.kept == sums.counted)
                            writer.member("kept", JSONFragment.sum(sums.kept))
                            writer.member("counted", JSONFragment.sum(sums.counted))
                        }))
            }
        })
}

extension Arguments {
    fileprivate func duplicateCursor() throws(CommandError) -> DuplicateCursor? {
        guard let values = try Cursor.values(self, count: 4) else { return nil }
        guard let key = values[0].stringValue.flatMap(DuplicateCursor.Key.init(rawValue:)),
            let value = values[1].stringValue, let a = values[2].integerValue, let b = values[3].integerValue
        else { throw .badValue("after", "give what the page before said under next") }
        return DuplicateCursor(key: key, value: value, a: a, b: b)
    }
}

extension DuplicateCursor {
    fileprivate var text: String {
        Cursor.text(.string(key.rawValue), .string(value), .number(String(a)), .number(String(b)))
    }
}

extension JSONFragment {
    fileprivate static func duplicate(_ pair: Duplicate) -> JSONFragment {
        JSONWriter.object { writer in
            for (name, candidate) in [("a", pair.a), ("b", pair.b)] {
                writer.name(name)
                writer.beginObject()
                writer.member("id", candidate.id.rawValue)
                writer.member("number", candidate.number)
                writer.member("name", candidate.name)
                writer.member("email", candidate.email)
                writer.member("phone", candidate.phone)
                writer.member("orders", candidate.orderCount)
                writer.member("joined_at", candidate.joinedAt.text)
                writer.endObject()
            }
            writer.member("reasons", pair.reasons.map(\.rawValue))
            writer.member("score", pair.score)
        }
    }

    fileprivate static func sum(_ sum: OrderSum) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("orders", sum.orderCount)
            writer.member("last_order_at", sum.lastOrderAt?.text)
            writer.name("totals")
            writer.beginObject()
            for total in sum.totals { writer.member(total.currency.code, total.text) }
            writer.endObject()
        }
    }
}
