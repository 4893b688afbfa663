internal import StrictJSON
internal import Wire

extension Reply {
    /// The most bytes of a page's rows; a page ends there, and the list goes on with the next.
    private static let pageBytes = 1 << 20

    /// A page of a list of which at most `limit` items were looked for: behind a full page it goes on.
    ///
    /// `next` says where the list goes on behind a row.
    static func page<Item>(
        _ items: [Item], limit: Int, row: (Item) -> JSONFragment, next: (Item) -> String
    ) -> Reply {
        page(items, row: row, next: next, end: items.count == limit ? items.last.map(next) : nil)
    }

    /// A page of a list.
    ///
    /// `next` says where the list goes on behind a row, should the page end there for its size; `end` where it goes on
    /// behind the last row, nil at the end of the list.
    static func page<Item>(
        _ items: [Item], row: (Item) -> JSONFragment, next: (Item) -> String, end: String?, count: Int? = nil
    ) -> Reply {
        var rows: [JSONFragment] = []
        rows.reserveCapacity(items.count)
        var bytes = 0
        let extra = count.map { [JSON.Member(name: "count", value: .number(String($0)))] } ?? []
        for (index, item) in items.enumerated() {
            let fragment = row(item)
            rows.append(fragment)
            bytes += fragment.bytes.count
            if bytes > pageBytes, index < items.count - 1 {
                return Reply(rows: rows, outcome: .list(next: next(item), extra: extra))
            }
        }
        return Reply(rows: rows, outcome: .list(next: end, extra: extra))
    }
}
