internal import Foundation
internal import StrictJSON
internal import Synchronization
internal import Wire

/// What a job sends before its answer: gathered into pieces, and held back while the client does not take them.
final class JobOutput: Sendable {
    private struct State {
        var gathered: [UInt8] = []
        /// Bytes sent since the client had last taken everything.
        var waiting = 0
        var isCancelled = false
    }

    /// So much is gathered before it is sent.
    private static let piece = 64 << 10
    /// So much may wait for the client.
    private static let window = 512 << 10

    private let framing: Framing
    private let deliver: @Sendable ([UInt8]) -> Void
    private let condition = NSCondition()
    private let state = Mutex(State())

    /// `deliver` puts whole lines into the connection's output.
    init(_ framing: Framing, deliver: @escaping @Sendable ([UInt8]) -> Void) {
        self.framing = framing
        self.deliver = deliver
    }

    /// - Throws: ``JobCancelled``.
    func send(_ part: Part) throws(JobCancelled) {
        try checkIsWanted()
        let isFull = state.withLock { state in
            part.write(in: framing, to: &state.gathered)
            return state.gathered.count >= Self.piece
        }
        if isFull { try flush() }
    }

    /// Tells how far a job is, at once.
    ///
    /// - Throws: ``JobCancelled``.
    func send(progress done: Int, of total: Int?) throws(JobCancelled) {
        let object = JSONWriter.object { writer in
            writer.member("done", done)
            if let total { writer.member("total", total) }
        }
        try send(.progress(object))
        try flush()
    }

    /// Sends what has been gathered, once the client has taken enough of what was sent before.
    ///
    /// - Throws: ``JobCancelled``.
    func flush() throws(JobCancelled) {
        waitForRoom()
        try checkIsWanted()
        let bytes = state.withLock { state in
            let bytes = state.gathered
            state.gathered = []
            state.waiting += bytes.count
            return bytes
        }
        if !bytes.isEmpty { deliver(bytes) }
    }

    /// - Throws: ``JobCancelled``.
    func checkIsWanted() throws(JobCancelled) {
        if state.withLock({ $0.isCancelled }) { throw JobCancelled() }
    }

    /// The client has taken everything.
    func drained() {
        change { $0.waiting = 0 }
    }

    /// The client is gone.
    func cancel() {
        change { $0.isCancelled = true }
    }

    private func waitForRoom() {
        condition.lock()
        while state.withLock({ $0.waiting > Self.window && !$0.isCancelled }) { condition.wait() }
        condition.unlock()
    }

    private func change(_ body: (inout State) -> Void) {
        condition.lock()
        state.withLock { body(&$0) }
        condition.broadcast()
        condition.unlock()
    }
}
