/// Jobs in their order.
struct JobQueue {
    private var jobs: [WorkerPool.Job] = []
    /// Where the first job not yet taken stands.
    private var head = 0

    var isEmpty: Bool { head == jobs.count }

    var count: Int { jobs.count - head }

    mutating func append(_ job: @escaping WorkerPool.Job) {
        jobs.append(job)
    }

    mutating func popFirst() -> WorkerPool.Job? {
        guard !isEmpty else { return nil }
        let job = jobs[head]
        head += 1
        // Under steady load it never gets empty; what is done with must go all the same.
        if isEmpty || head > 1_024 && head * 2 > jobs.count {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }
}
