internal import Storage

/// Lists by orders or the last of them: an index has the customers who have some, the others come by id.
extension CandidateSource {
    /// Others looked at for one page, most of whom may have orders.
    private static let stretch: Int64 = 8_192

    /// The next candidates; the others' cursors have the number 0, and an id.
    static func byOrders(
        _ query: CustomerQuery, after cursor: CustomerCursor?, limit: Int, _ transaction: ReadTransaction,
        _ ordering: CustomerOrdering
    ) throws -> CandidatePage {
        let isAmongOthers = cursor.map { $0.number <= 0 } ?? !query.isDescending
        if isAmongOthers {
            return try others(query, after: cursor, limit: limit, transaction, ordering)
        }
        return try indexed(query, after: cursor, limit: limit, ordering)
    }

    private static func indexed(
        _ query: CustomerQuery, after cursor: CustomerCursor?, limit: Int, _ ordering: CustomerOrdering
    ) throws -> CandidatePage {
        var page = CandidatePage()
        page.candidates =
            query.isDescending
            ? try ordering.descending(query.sort, after: cursor, limit: .integer(Int64(limit)))
            : try ordering.ascending(query.sort, after: cursor, limit: .integer(Int64(limit)))
        page.cost = page.candidates.count
        page.end = page.candidates.last?.cursor
        if page.candidates.count < limit { page.end = query.isDescending ? CustomerCursor(id: .max) : nil }
        return page
    }

    private static func others(
        _ query: CustomerQuery, after cursor: CustomerCursor?, limit: Int, _ transaction: ReadTransaction,
        _ ordering: CustomerOrdering
    ) throws -> CandidatePage {
        let last = try SearchTableReader(transaction).lastID()
        let tie = cursor?.tie ?? 0
        let first = query.isDescending ? max(0, min(tie, last + 1) - stretch) : tie
        // Behind the last of the others, the index begins.
        guard query.isDescending ? tie > 0 : tie < last else {
            if query.isDescending { return CandidatePage() }
            return try indexed(query, after: CustomerCursor(text: "", number: 0, tie: .max), limit: limit, ordering)
        }
        let ids = query.isDescending ? first...(min(tie, last + 1) - 1) : (tie + 1)...min(tie + stretch, last)
        var page = CandidatePage()
        page.candidates = try ordering.withoutOrders(
            ids, query.sort, isDescending: query.isDescending, limit: limit)
        page.cost = max(page.candidates.count, ids.count / 8)
        if page.candidates.count == limit {
            page.end = page.candidates.last?.cursor
        } else if query.isDescending {
            page.end = ids.lowerBound > 0 ? CustomerCursor(id: ids.lowerBound) : nil
        } else {
            page.end = CustomerCursor(id: ids.upperBound)
        }
        return page
    }
}
