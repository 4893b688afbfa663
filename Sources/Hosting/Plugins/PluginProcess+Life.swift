internal import Glibc
internal import Polling

/// How a process ends.
extension PluginProcess {
    func becomeReady() { phase = .ready }

    /// Asks the process to end once what it has in hand is answered.
    func leave() {
        guard phase == .ready || phase == .starting else { return }
        write(PluginLine.request(0, "shutdown") { _ in })
        phase = .leaving
        phaseDue = .now + patience
    }

    /// The next step of its end is due now, and the others sooner.
    func hurry() {
        patience = .seconds(1)
        if phaseDue != nil { phaseDue = .now }
    }

    /// Ends the process and all in its group at once.
    func kill() {
        guard phase != .killed else { return }
        child.signal(SIGKILL)
        phase = .killed
        phaseDue = nil
    }

    /// Does the next step of its end when its time has come.
    func lookAtTheClock(_ now: ContinuousClock.Instant) {
        guard let due = phaseDue, due <= now else { return }
        switch phase {
        case .starting, .ready: phaseDue = nil
        case .leaving: closeInput()
        case .closed:
            child.signal(SIGTERM)
            phase = .terminated
            phaseDue = now + patience
        case .terminated: kill()
        case .killed: phaseDue = nil
        }
    }

    /// It has said goodbye.
    func closeInput() {
        guard phase == .leaving else { return }
        phase = .closed
        phaseDue = .now + patience
        toWrite = ByteQueue()
        isInputBroken = true
        needsInputClosed = true
    }
}
