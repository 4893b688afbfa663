internal import Registry
internal import Storage

/// Makes the indexes again that an import did without: sorts their entries on the job's own thread while a worker enters
/// those before them.
struct ImportSorting {
    private let job: Job
    private let feed: ImportFeed

    init(_ job: Job, _ feed: ImportFeed) {
        self.job = job
        self.feed = feed
    }

    /// Makes all that are missing; the feed's steps may still be on their way when this returns.
    ///
    /// - Throws: ``JobCancelled``, or why a step failed.
    func rebuildAll() throws {
        for index in PostponedIndex.allCases { try rebuild(index) }
    }

    private func rebuild(_ index: PostponedIndex) throws {
        guard try job.write({ try IndexRebuilding(index, $0).begin() }) else { return }
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
