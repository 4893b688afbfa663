internal import Storage
internal import StrictJSON

extension TagWriter {
    /// Gives a tag another name, on every customer.
    ///
    /// - Throws: ``TagError/blank``, ``TagError/notFound``, ``TagError/exists(name:)`` when another tag equals the name
    ///   after folding.
    public func rename(_ id: TagID, to name: String) throws -> Tag {
        let before = try reader.tag(id)
        let key = try freeKey(for: name, of: id)
        guard name != before.name else { return before }
        try reindex(carriersOf: id) { $0.map { $0 == before.name ? name : $0 } }
        try transaction.execute(
            "UPDATE tag SET name = ?, name_key = ? WHERE id = ?", .text(name), .text(key), .integer(id.rawValue))
        try SegmentWriter(transaction, occasion).follow(tag: before.name, to: name)
        try timeline.append(.tagRenamed) {
            $0.member("tag", name)
            $0.member("was", before.name)
            $0.member("customers", before.customers)
        }
        return try reader.tag(id)
    }

    /// Puts `into` on every customer who carries `from`, which is then gone.
    ///
    /// - Returns: The tag that stays, and how many customers got it who did not carry it before.
    /// - Throws: ``TagError/notFound``, ``TagError/sameTag``.
    public func merge(_ from: TagID, into: TagID) throws -> (tag: Tag, moved: Int64) {
        guard from != into else { throw TagError.sameTag }
        let (lost, kept) = (try reader.tag(from), try reader.tag(into))
        try reindex(carriersOf: from) { $0.filter { $0 != lost.name && $0 != kept.name } + [kept.name] }
        try MergeRecords(transaction: transaction).replaceTag(from, by: into)
        try transaction.execute(
            """
            INSERT INTO customer_tag (customer_id, tag_id) SELECT customer_id, ? FROM customer_tag WHERE tag_id = ?
            ON CONFLICT DO NOTHING
            """, .integer(into.rawValue), .integer(from.rawValue))
        try erase(from)
        try SegmentWriter(transaction, occasion).follow(tag: lost.name, to: kept.name)
        let merged = try reader.tag(into)
        let moved = merged.customers - kept.customers
        try timeline.append(.tagMerged) {
            $0.member("tag", kept.name)
            $0.member("was", lost.name)
            $0.member("customers", moved)
        }
        return (merged, moved)
    }

    /// Takes a tag off every customer and deletes it.
    ///
    /// - Returns: The tag as it was, with how many customers carried it.
    /// - Throws: ``TagError/notFound``.
    public func delete(_ id: TagID) throws -> Tag {
        let tag = try reader.tag(id)
        try reindex(carriersOf: id) { $0.filter { $0 != tag.name } }
        try erase(id)
        try timeline.append(.tagDeleted) {
            $0.member("tag", tag.name)
            $0.member("customers", tag.customers)
        }
        return tag
    }

    /// Takes a tag off its first carriers, and puts another one on them: a step towards merging or deleting a tag that
    /// many carry, which in one step would keep everybody else waiting.
    ///
    /// - Returns: How many customers there were, at most `limit`.
    /// - Throws: ``TagError/notFound``, ``TagError/sameTag``.
    public func shift(_ limit: Int, from: TagID, to: TagID?) throws -> Int {
        guard from != to else { throw TagError.sameTag }
        let lost = try reader.tag(from)
        let kept = try to.map { try reader.tag($0) }
        let carriers = try carriers(of: from, after: 0, limit: limit)
        try reindex(carriers) { tags in
            tags.filter { $0 != lost.name && $0 != kept?.name } + (kept.map { [$0.name] } ?? [])
        }
        for carrier in carriers {
            if let to {
                try MergeRecords(transaction: transaction).replaceTag(from, by: to, on: carrier)
                try transaction.execute(
                    "INSERT INTO customer_tag (customer_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    .integer(carrier.rawValue), .integer(to.rawValue))
            }
            try transaction.execute(
                "DELETE FROM customer_tag WHERE customer_id = ? AND tag_id = ?", .integer(carrier.rawValue),
                .integer(from.rawValue))
        }
        return carriers.count
    }

    private var reader: TagReader { TagReader(transaction.reading) }

    private var timeline: TimelineWriter { TimelineWriter(transaction: transaction, occasion: occasion) }

    private func erase(_ id: TagID) throws {
        try transaction.execute("DELETE FROM customer_tag WHERE tag_id = ?", .integer(id.rawValue))
        try transaction.execute("DELETE FROM tag WHERE id = ?", .integer(id.rawValue))
    }

    /// Lets the search find the carriers of a tag under the tags they are going to have; called before the change.
    private func reindex(carriersOf id: TagID, _ change: ([String]) -> [String]) throws {
        var last: Int64 = 0
        while true {
            let page = try carriers(of: id, after: last, limit: 500)
            guard let end = page.last else { return }
            try reindex(page, change)
            last = end.rawValue
        }
    }

    private func reindex(_ customers: [CustomerID], _ change: ([String]) -> [String]) throws {
        let reader = CustomerReader(transaction.reading)
        let search = SearchWriter(transaction)
        for id in customers {
            let customer = try reader.customer(id)
            let terms = SearchTerms.terms(of: customer, tagged: change(customer.tags))
            try search.replace(SearchTerms.terms(of: customer), with: terms, for: id)
        }
    }

    private func carriers(of id: TagID, after last: Int64, limit: Int) throws -> [CustomerID] {
        try transaction.reading.all(
            "SELECT customer_id FROM customer_tag WHERE tag_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?",
            .integer(id.rawValue), .integer(last), .integer(Int64(limit)), element: CustomerReader.id)
    }
}
