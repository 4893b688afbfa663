/// A customer whom an index proposes for a list.
struct Candidate: Equatable {
    let id: Int64
    /// Where the list goes on behind the customer.
    let cursor: CustomerCursor
}

/// Some candidates in the order of the list.
struct CandidatePage {
    var candidates: [Candidate] = []
    /// Where the list goes on behind what was looked at; nil at its end.
    var end: CustomerCursor?
    /// Whether everything but the search has been checked.
    var isFiltered = false
    /// What it took, in candidates looked at one by one.
    var cost = 0
}
