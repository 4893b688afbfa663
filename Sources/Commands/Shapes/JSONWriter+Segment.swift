internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// A segment; `count` is how many are in it, nil where they are not counted.
    static func segment(_ segment: Segment, count: Int?, in shop: Shop) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("segment", segment.name)
            writer.member("rule", segment.query.rule(in: shop.currency))
            writer.member("created_at", segment.createdAt.text)
            if let count { writer.member("count", count) }
        }
    }
}
