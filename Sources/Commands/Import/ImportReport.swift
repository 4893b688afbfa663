internal import Registry
internal import StrictJSON

/// What an import tells while it goes on: rows for what is to be said, and how far it is.
struct ImportReport {
    private let job: Job
    private let total: Int
    private(set) var counts = ImportCounts()
    /// What there was to say, shown or not.
    private(set) var remarks = 0

    /// More remarks than this are only counted.
    private static let shown = 1_000

    init(_ job: Job, total: Int) {
        self.job = job
        self.total = total
    }

    /// Takes down what became of some chunks.
    ///
    /// - Throws: ``JobCancelled``.
    mutating func take(_ news: [ImportFeed.Entered]) throws {
        for entered in news { try take(entered.outcome, entered.remarks) }
    }

    /// Takes down what became of some rows; `earlier` are the remarks of reading them.
    ///
    /// - Throws: ``JobCancelled``.
    mutating func take(_ outcome: ImportOutcome, _ earlier: [ImportRemark]) throws {
        counts = counts + outcome.counts
        let all = (earlier + outcome.remarks).sorted { $0.row < $1.row }
        for remark in all {
            remarks += 1
            if remarks <= Self.shown { try job.row(remark.fragment) }
        }
        try job.progress(done: counts.rows, total: max(total, counts.rows))
    }
}

extension ImportRemark {
    /// A row of the report.
    fileprivate var fragment: JSONFragment {
        JSONWriter.object { writer in
            writer.member("row", row)
            writer.member("column", column)
            writer.member("reason", reason.slug)
            writer.member("message", reason.description)
            writer.member("skipped", reason.skipsRow)
        }
    }
}
