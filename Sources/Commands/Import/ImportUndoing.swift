internal import Registry
internal import StrictJSON
internal import Wire

/// The undoing of an import, some customers at a time.
struct ImportUndoing {
    private let job: Job
    private let id: ImportID

    /// Customers looked at in one transaction; other clients' changes come in between.
    private static let chunk = 500
    /// More customers who keep what they have are only counted.
    private static let shown = 1_000

    init(_ job: Job, _ id: ImportID) {
        self.job = job
        self.id = id
    }

    func run() throws -> Reply {
        let (id, occasion) = (id, job.occasion)
        let (batch, later) = try job.read { transaction in
            let reader = ImportReader(transaction, process: ImportJob.process)
            return (try reader.batch(id), try reader.later(than: id))
        }
        switch batch.state {
        case .running: throw ImportError.running
        case .undone: throw ImportError.alreadyUndone
        case .done, .interrupted: break
        }
        if let later { throw ImportError.later(later) }
        var undone = ImportWriter.Undone()
        while true {
            let (step, isComplete) = try job.write { transaction in
                try ImportWriter(transaction, occasion).undo(id, atMost: Self.chunk)
            }
            let shown = max(0, Self.shown - undone.kept.count)
            for customer in step.kept.prefix(shown) {
                try job.row(JSONWriter.object { $0.member("kept", customer.rawValue) })
            }
            undone = undone + step
            if isComplete { break }
            try job.progress(
                done: undone.removed + undone.restored + undone.kept.count,
                total: batch.counts.created + batch.counts.changed)
        }
        let result = undone
        return Reply(
            outcome: .ok(
                JSONWriter.object { writer in
                    writer.member("import", id.rawValue)
                    writer.member("removed", result.removed)
                    writer.member("restored", result.restored)
                    writer.member("kept", result.kept.count)
                }))
    }
}
