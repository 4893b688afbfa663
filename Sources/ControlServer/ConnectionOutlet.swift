import CSystem
import Glibc
import Polling
import Synchronization
import Wire

/// The way back to one connection's client, from any thread: what waits to be written, and who writes it.
///
/// An answer behind which nothing of the connection is under way is written by the thread that has it, since its client
/// waits for that alone. All else is gathered, and the loop writes it.
final class ConnectionOutlet: Outlet {
    /// What is left to whoever calls ``flush()`` next.
    enum Errand {
        case none
        case write
        case tellLoop
    }

    struct State {
        var output = ByteQueue()
        /// Lines handed to the conversation and not answered yet.
        var inFlight = 0
        /// Lines are being handed out, so more may be under way soon.
        var isHandingOut = false
        var errand = Errand.none
        /// A thread writes; nobody else may, nor close the descriptor.
        var isWriting = false
        /// The loop came by while another thread wrote, and is to be told when that is over.
        var isLoopWaiting = false
        /// Output waits that answers no line, and its end is to be told.
        var isDrainAwaited = false
        /// The client has ended its side, or the server drains: what has been handed out is still answered.
        var isInputOver = false
        /// The conversation has asked to close behind the output, or the connection is gone.
        var isClosing = false
        /// The connection is gone.
        var isRetired = false
    }

    let descriptor: Int32
    let limits: ServerLimits
    let state = Mutex(State())
    private let token: UInt64
    private let inbox: Inbox
    private let counters: ServerCounters

    /// Takes the descriptor over.
    init(token: UInt64, descriptor: Int32, inbox: Inbox, limits: ServerLimits, counters: ServerCounters) {
        self.token = token
        self.descriptor = descriptor
        self.inbox = inbox
        self.limits = limits
        self.counters = counters
    }

    func send(_ bytes: [UInt8], answered: Int) {
        state.withLock { state in
            guard !state.isClosing else { return }
            // Where it has stopped reading, or is to close behind the last answer, the loop has to know.
            let isLast = answered > 0 && answered == state.inFlight && answered < limits.inFlight && !state.isInputOver
            let isAlone = state.output.isEmpty && state.errand != .tellLoop && !state.isHandingOut
            state.errand = isLast && isAlone ? .write : .tellLoop
            state.inFlight = max(0, state.inFlight - answered)
            if !bytes.isEmpty { state.output.append(bytes) }
            if answered == 0, !bytes.isEmpty { state.isDrainAwaited = true }
        }
    }

    func flush() {
        let errand = state.withLock { state in
            defer { if state.errand == .tellLoop { state.errand = .none } }
            return state.errand
        }
        switch errand {
        case .none: break
        case .tellLoop: inbox.post(token)
        case .write:
            guard let written = write(if: { $0.errand == .write }) else { return }
            if written.isRetired {
                Glibc.close(descriptor)
            } else if written.isLoopWaiting || written.left > 0 {
                inbox.post(token)
            }
        }
    }

    func close() {
        let isNews = state.withLock { state in
            defer { state.isClosing = true }
            return !state.isClosing
        }
        if isNews { inbox.post(token) }
    }

    /// What became of an attempt to write.
    struct Written {
        /// How many bytes the socket took.
        let taken: Int
        /// Whether the connection is broken.
        let isBroken: Bool
        /// How many bytes wait still.
        let left: Int
        /// As in ``State``, until now.
        let isLoopWaiting: Bool
        /// The connection is gone, and its descriptor left to be closed.
        let isRetired: Bool
    }

    /// Writes as much as the socket takes of what waits, unless a thread is at it already.
    ///
    /// Nobody is kept waiting meanwhile: the thread may lose its processor to the client that it wakes.
    ///
    /// - Returns: Nil when nothing was tried.
    func write(if mayWrite: (State) -> Bool) -> Written? {
        let output = state.withLock { state -> ByteQueue? in
            guard !state.output.isEmpty, !state.isWriting, mayWrite(state) else { return nil }
            if state.errand == .write { state.errand = .none }
            state.isWriting = true
            return state.output
        }
        guard let (length, code) = output.map(transmit) else { return nil }
        return state.withLock { state in
            // Nothing is left of what a connection has that is gone.
            if length > 0, !state.isRetired { state.output.drop(length) }
            defer { (state.isWriting, state.isLoopWaiting) = (false, false) }
            return Written(
                taken: max(0, length), isBroken: length <= 0 && code != EAGAIN && code != EINTR,
                left: state.output.count, isLoopWaiting: state.isLoopWaiting, isRetired: state.isRetired)
        }
    }

    /// Takes the bytes over, so that nobody shares them when more are appended or these are dropped.
    private func transmit(_ output: consuming ByteQueue) -> (length: Int, code: Int32) {
        let length = output.withBytes { csystem_send(descriptor, $0.baseAddress, $0.count) }
        let code = errno
        if length > 0 { counters.bytesOut.wrappingAdd(length, ordering: .relaxed) }
        return (length, code)
    }
}
