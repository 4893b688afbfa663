internal import Registry
internal import Synchronization

/// Works out on the job's own thread what the search index is to hold of imported customers, so that a worker need only
/// enter it.
final class ImportIndexing: Sendable {
    private let job: Job
    private let feed: ImportFeed
    /// Whether blocks are on their way into the index.
    private let isEntering = Mutex(false)

    init(_ job: Job, _ feed: ImportFeed) {
        self.job = job
        self.feed = feed
    }

    /// Prepares the next blocks where enough of them wait.
    func goOn() throws {
        guard !isEntering.withLock({ $0 }) else { return }
        guard let blocks = try job.read({ try SearchBacklog.prepare($0, few: false) }) else { return }
        isEntering.withLock { $0 = true }
        try feed.add { [self] transaction in
            defer { isEntering.withLock { $0 = false } }
            // What has changed meanwhile is prepared again.
            _ = try SearchBacklog(transaction).enter(blocks)
            return nil
        }
    }

    /// Enters all blocks that still wait.
    func finish() throws {
        while let blocks = try job.read({ try SearchBacklog.prepare($0, few: true) }) {
            try job.write { transaction in
                let backlog = SearchBacklog(transaction)
                if try !backlog.enter(blocks) { _ = try backlog.enter(atMost: SearchBacklog.atOnce) }
            }
        }
    }
}
