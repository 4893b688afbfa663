import Glibc
import Polling
import Synchronization

/// What the loop's thread alone asks of an outlet.
extension ConnectionOutlet {
    /// Bytes that wait to be written.
    var waiting: Int { state.withLock { $0.output.count } }

    /// Whether another line may be handed to the conversation.
    func mayHandOut() -> Bool {
        state.withLock { state in
            let may = state.mayHandOut(limits)
            // What others write may be all that is in the way.
            if !may, state.isLeftToOthers { state.isLoopWaiting = true }
            return may
        }
    }

    /// Says whether lines are being handed out; until that is over their answers are gathered.
    func noteHandingOut(_ isHandingOut: Bool) {
        state.withLock { $0.isHandingOut = isHandingOut }
    }

    /// Counts a line that is being handed out, in advance: it may be answered before the conversation returns.
    func beginLine() {
        state.withLock { $0.inFlight += 1 }
    }

    /// Takes a line back that is not to be answered.
    func dropLine() {
        state.withLock { $0.inFlight -= 1 }
    }

    /// No line will be read any more.
    func endInput() {
        state.withLock { $0.isInputOver = true }
    }

    /// Whether the client has taken everything and that is to be told; true once.
    func takeDrain() -> Bool {
        state.withLock { state in
            guard state.isDrainAwaited, state.output.isEmpty, !state.isClosing else { return false }
            state.isDrainAwaited = false
            return true
        }
    }

    /// What the client is to be watched for; nil when nothing is left to do for it.
    ///
    /// `hasLines` says whether lines wait to be handed out. What another thread is about to write needs no watching: the
    /// loop is told if any of it is left, or if it would do something itself behind it.
    func nextInterest(hasLines: Bool) -> Poller.Interest? {
        state.withLock { state in
            if state.output.isEmpty, state.isClosing || (state.isInputOver && state.inFlight == 0 && !hasLines) {
                return nil
            }
            let mayRead = !state.isInputOver && state.mayHandOut(limits)
            state.isLoopWaiting = state.isLeftToOthers && (!mayRead || hasLines || state.isDrainAwaited)
            var interest = Poller.Interest()
            if mayRead { interest.insert(.input) }
            if !state.output.isEmpty, !state.isLeftToOthers { interest.insert(.output) }
            return interest
        }
    }

    /// The connection is gone: nothing is taken from now on, and the descriptor is closed as soon as nobody writes to it.
    func retire() {
        let isWriting = state.withLock { state in
            (state.isClosing, state.isRetired) = (true, true)
            state.output = ByteQueue()
            return state.isWriting
        }
        if !isWriting { Glibc.close(descriptor) }
    }
}

extension ConnectionOutlet.State {
    /// The output is another thread's business than the loop's.
    fileprivate var isLeftToOthers: Bool { errand == .write || isWriting }

    fileprivate func mayHandOut(_ limits: ServerLimits) -> Bool {
        inFlight < limits.inFlight && output.count <= limits.outputSoft && !isClosing
    }
}
