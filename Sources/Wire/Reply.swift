public import StrictJSON

/// The answer to one request, the same for both framings.
public struct Reply: Sendable, Equatable {
    /// Objects before the terminator.
    ///
    /// Rows of a list are part of its JSON result. Rows before ``Outcome/ok(_:)``, as the `export` verbs have them,
    /// become notifications before the JSON response; rows before ``Outcome/failed(_:)`` are left out of it.
    public var rows: [JSONFragment]
    /// The terminator.
    public var outcome: Outcome

    /// How a request ends.
    public enum Outcome: Sendable, Equatable {
        /// Done; the fragment is an object.
        case ok(JSONFragment)
        /// A page of a list, done.
        ///
        /// Written `{"rows":…,"next":…}` and the extra members behind; `rows` is the number of rows in a word
        /// terminator and the rows themselves in a JSON result. `next` is what `after=` takes for the next page; nil,
        /// written `null`, on the last page.
        case list(next: String?, extra: [JSON.Member])
        case failed(Failure)
    }

    /// Puts an answer together.
    public init(rows: [JSONFragment] = [], outcome: Outcome) {
        self.rows = rows
        self.outcome = outcome
    }

    /// Whether the rows are a page of a list.
    public var isList: Bool {
        switch outcome {
        case .list: true
        case .ok, .failed: false
        }
    }
}
