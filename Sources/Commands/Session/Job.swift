internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// A verb at work in several steps, on a thread where it may wait.
///
/// It looks and changes in as many transactions as it needs, and sends rows and progress while it goes on. When the
/// client hangs up, the next step throws ``JobCancelled``.
final class Job: Sendable {
    typealias Work = @Sendable (Job) throws -> Reply

    let invocation: TenantInvocation
    private let output: JobOutput

    init(_ invocation: TenantInvocation, _ output: JobOutput) {
        self.invocation = invocation
        self.output = output
    }

    var caller: Caller { invocation.caller }

    /// When the job began, for whom and in which shop.
    var occasion: Occasion { invocation.occasion }

    /// Looks at one snapshot of the registry, for as long as need be.
    ///
    /// - Throws: ``JobCancelled``, or what `body` throws.
    func read<Result: Sendable>(_ body: @Sendable (ReadTransaction) throws -> Result) throws -> Result {
        try output.checkIsWanted()
        return try invocation.tenant.readHere(body)
    }

    /// Changes the registry in one transaction, durable when this returns; keep it short, other clients wait for it.
    ///
    /// - Throws: ``JobCancelled``, `LimitError`, or what `body` throws; nothing is changed then.
    func write<Result: Sendable>(_ body: @escaping @Sendable (WriteTransaction) throws -> Result) throws -> Result {
        try output.checkIsWanted()
        try invocation.requireRoom()
        return try invocation.tenant.writeAndWait(body)
    }

    /// Queues such a change and returns at once, so that the next one can be prepared meanwhile.
    ///
    /// - Throws: ``JobCancelled``, `LimitError`.
    func writeLater<Result: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) throws -> PendingAnswer<Result> {
        try output.checkIsWanted()
        try invocation.requireRoom()
        return invocation.tenant.writeLater(body)
    }

    /// Sends a row; waits while the client does not take what was sent before.
    ///
    /// - Throws: ``JobCancelled``.
    func row(_ row: JSONFragment) throws(JobCancelled) {
        try output.send(.row(row))
    }

    /// Tells how far the job is; `total` is nil while nobody knows.
    ///
    /// - Throws: ``JobCancelled``.
    func progress(done: Int, total: Int?) throws(JobCancelled) {
        try output.send(progress: done, of: total)
    }

    /// - Throws: ``JobCancelled`` when nobody waits for the job any more.
    func checkIsWanted() throws(JobCancelled) {
        try output.checkIsWanted()
    }
}

/// The client has hung up, so nobody waits for the job.
struct JobCancelled: Error {}
