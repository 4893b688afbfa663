internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum SegmentVerbs {
    static let all = [create, list, show, update, delete]

    private static let segment = Parameter.required("segment", .text, "the segment's name", maximum: 100)

    private static let create = Verb(
        "segment.create", "saves filters under a name: whoever fits them belongs to the segment", roles: [.staff],
        [.required("name", .text, "what people call it", maximum: 100)] + CustomerSelection.conditions,
        .write { invocation in
            let name = invocation.arguments.required("name")
            let query = try CustomerSelection(invocation).conditions
            return { transaction in
                let segment = try SegmentWriter(transaction, invocation.occasion).create(name, query)
                return try reply(segment, transaction.reading, invocation.shop)
            }
        })

    private static let list = Verb(
        "segment.list", "lists segments by name; segment.show counts who is in one", roles: [.staff, .reader],
        [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let after = try Cursor.values(invocation.arguments, count: 1)?.first?.stringValue ?? ""
            return { transaction in
                let shop = invocation.shop
                let segments = try SegmentReader(transaction, shop).segments(after: after, limit: limit)
                return .page(
                    segments, limit: limit, row: { .segment($0, count: nil, in: shop) },
                    next: { Cursor.text(.string(Folding.folded($0.name))) })
            }
        })

    private static let show = Verb(
        "segment.show", "shows a segment and counts who is in it now", roles: [.staff, .reader], [segment],
        .read { invocation in
            let name = invocation.arguments.required("segment")
            return { transaction in
                let segment = try SegmentReader(transaction, invocation.shop).segment(named: name)
                return try reply(segment, transaction, invocation.shop)
            }
        })

    private static let update = Verb(
        "segment.update", "changes a segment's name and the filters given; null takes a filter away", roles: [.staff],
        [segment, .optional("name", .text, "what people call it from now on", maximum: 100)]
            + CustomerSelection.conditions,
        .write { invocation in
            let arguments = invocation.arguments
            let asked = try CustomerSelection(invocation).conditions
            let given = CustomerSelection.conditions.map(\.name).filter(arguments.isGiven)
            return { transaction in
                let shop = invocation.shop
                let reader = SegmentReader(transaction.reading, shop)
                let segment = try reader.segment(named: arguments.required("segment"))
                let kept = (segment.query.rule(in: shop.currency).objectValue ?? []).filter { !given.contains($0.name) }
                let changed = (asked.rule(in: shop.currency).objectValue ?? []).filter { given.contains($0.name) }
                let query = try CustomerQuery(rule: .object(kept + changed), in: shop.currency)
                let name = arguments.text("name") ?? segment.name
                let updated = try SegmentWriter(transaction, invocation.occasion).update(segment, name: name, query)
                return try reply(updated, transaction.reading, shop)
            }
        })

    private static let delete = Verb(
        "segment.delete", "deletes a segment; its customers stay as they are", roles: [.staff], [segment],
        .write { invocation in
            let name = invocation.arguments.required("segment")
            return { transaction in
                let segment = try SegmentReader(transaction.reading, invocation.shop).segment(named: name)
                try SegmentWriter(transaction, invocation.occasion).delete(segment)
                return Reply(outcome: .ok(.segment(segment, count: nil, in: invocation.shop)))
            }
        })

    private static func reply(_ segment: Segment, _ transaction: ReadTransaction, _ shop: Shop) throws -> Reply {
        let count = try CustomerList(transaction, shop).count(segment.query)
        return Reply(outcome: .ok(.segment(segment, count: count, in: shop)))
    }
}
