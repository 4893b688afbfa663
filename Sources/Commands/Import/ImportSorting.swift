internal import Registry
internal import Storage
internal import Synchronization

/// Makes the indexes again that an import did without: sorts their entries on the job's own thread while a worker enters
/// those before them.
final class ImportSorting: Sendable {
    private let job: Job
    private let feed: ImportFeed
    private let underway = Mutex<[PostponedIndex]>([])

    init(_ job: Job, _ feed: ImportFeed) {
        self.job = job
        self.feed = feed
    }

    /// Begins with all that are missing, once the steps before it are done.
    func begin() throws {
        try feed.add { [self] transaction in
            for index in PostponedIndex.allCases where try IndexRebuilding(index, transaction).begin() {
                underway.withLock { $0.append(index) }
            }
            return nil
        }
    }

    /// Makes those that were begun with; the feed's steps may still be on their way when this returns.
    ///
    /// - Throws: ``JobCancelled``, or why a step failed.
    func rebuildAll() throws {
        for index in underway.withLock({ $0 }) { try rebuild(index) }
    }

    private func rebuild(_ index: PostponedIndex) throws {
        try job.read { [job, feed] transaction in
            try IndexRebuilding.forEachPiece(of: index, transaction) { piece in
                try job.checkIsWanted()
                try feed.add {
                    try IndexRebuilding(index, $0).enter(piece)
                    return nil
                }
            }
        }
        try feed.add {
            try IndexRebuilding(index, $0).finish()
            return nil
        }
    }
}
