public import Storage
internal import StrictJSON

/// Makes segments and changes them.
public struct SegmentWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let reader: SegmentReader
    private let timeline: TimelineWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = SegmentReader(transaction.reading, occasion.shop)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Saves the conditions of a query under a name.
    ///
    /// - Throws: ``SegmentError/blank``, ``SegmentError/exists(name:)`` when a segment equals it after folding.
    public func create(_ name: String, _ query: CustomerQuery) throws -> Segment {
        try transaction.execute(
            "INSERT INTO segment (id, name, name_key, rule, created_at) VALUES (?, ?, ?, ?, ?)",
            .integer(try Numbering.segment.next(in: transaction)), .text(name),
            .text(try freeKey(for: name, of: nil)), .text(query.rule(in: occasion.shop.currency).text),
            .integer(occasion.at.seconds))
        try timeline.append(.segmentCreated) { $0.member("segment", name) }
        return try reader.segment(named: name)
    }

    /// Gives a segment another name or rule.
    ///
    /// - Throws: ``SegmentError/blank``, ``SegmentError/exists(name:)``.
    public func update(_ segment: Segment, name: String, _ query: CustomerQuery) throws -> Segment {
        let key = try freeKey(for: name, of: segment.id)
        try transaction.execute(
            "UPDATE segment SET name = ?, name_key = ?, rule = ? WHERE id = ?", .text(name), .text(key),
            .text(query.rule(in: occasion.shop.currency).text), .integer(segment.id.rawValue))
        let changed = try reader.segment(named: name)
        if changed != segment {
            try timeline.append(.segmentUpdated) {
                $0.member("segment", name)
                if name != segment.name { $0.member("was", segment.name) }
            }
        }
        return changed
    }

    /// Deletes a segment; whoever belonged to it stays as is.
    public func delete(_ segment: Segment) throws {
        try transaction.execute("DELETE FROM segment WHERE id = ?", .integer(segment.id.rawValue))
        try timeline.append(.segmentDeleted) { $0.member("segment", segment.name) }
    }

    /// Lets every rule that asks for a tag ask for another one, when a tag gets a new name or goes into another.
    func follow(tag: String, to name: String) throws {
        let key = Folding.folded(tag)
        func renamed(_ tag: String) -> String { Folding.folded(tag) == key ? name : tag }
        var last = ""
        while true {
            let page = try reader.segments(after: last, limit: 100)
            guard let end = page.last else { return }
            for segment in page {
                var query = segment.query
                query.tag = query.tag.map(renamed)
                query.tagsAny = query.tagsAny.map(renamed)
                query.tagsAll = query.tagsAll.map(renamed)
                query.tagsNone = query.tagsNone.map(renamed)
                guard query != segment.query else { continue }
                try transaction.execute(
                    "UPDATE segment SET rule = ? WHERE id = ?", .text(query.rule(in: occasion.shop.currency).text),
                    .integer(segment.id.rawValue))
            }
            last = Folding.folded(end.name)
        }
    }

    /// The folded name, which no other segment has.
    private func freeKey(for name: String, of id: SegmentID?) throws -> String {
        let key = Folding.folded(name)
        guard !key.isEmpty else { throw SegmentError.blank }
        if let taken = try reader.find(name), taken.id != id { throw SegmentError.exists(name: taken.name) }
        return key
    }
}
