internal import StrictJSON
internal import Wire

/// A verb at work on tenants' files as a whole, on a thread where it may wait.
///
/// It sends rows and progress while it goes on. When the client hangs up, the next of them throws ``JobCancelled``.
final class HostJob: Sendable {
    typealias Work = @Sendable (HostJob) throws -> Reply

    let invocation: Invocation
    private let output: JobOutput

    init(_ invocation: Invocation, _ output: JobOutput) {
        self.invocation = invocation
        self.output = output
    }

    /// See ``Job/row(_:)``.
    func row(_ row: JSONFragment) throws(JobCancelled) {
        try output.send(.row(row))
    }

    /// See ``Job/progress(done:total:)``.
    func progress(done: Int, total: Int?) throws(JobCancelled) {
        try output.send(progress: done, of: total)
    }
}
