internal import Hosting
internal import Synchronization
internal import Wire

extension Session {
    /// Carries out a verb that works on tenants' files, on a thread of its own; every other line of the connection waits.
    func hostJob(
        _ invocation: Invocation, _ verb: Verb, _ work: @escaping HostJob.Work, _ framing: Framing, _ id: Int
    ) {
        let output = beginOutput(framing, before: id)
        services.host.performKeeping { [self] in
            endOutput(output, id) {
                // Before anything leaves, so that nobody hangs up in time.
                if !verb.isChanging { try invocation.note(verb) }
                let reply = try work(HostJob(invocation, output))
                if verb.isChanging { try invocation.note(verb) }
                logAct(verb, invocation)
                return reply
            }
        }
    }

    /// Lets what a job sends go out behind the answers to the lines before it.
    func beginOutput(_ framing: Framing, before id: Int) -> JobOutput {
        let output = JobOutput(framing) { [weak self] bytes in self?.deliver(bytes, before: id) }
        state.withLock { $0.jobOutput = output }
        if state.withLock({ $0.isClosed }) { output.cancel() }
        return output
    }

    /// Runs a job to its end and answers.
    func endOutput(_ output: JobOutput, _ id: Int, _ work: () throws -> Reply) {
        do {
            let reply = try work()
            try output.flush()
            state.withLock { $0.jobOutput = nil }
            finish(id, reply)
        } catch {
            // What the job has sent so far is shown even when it fails.
            try? output.flush()
            state.withLock { $0.jobOutput = nil }
            refuse(error, id: id)
        }
    }

    /// Sends part of the answer to a line, behind the answers to the lines before it.
    private func deliver(_ bytes: [UInt8], before id: Int) {
        state.withLock { state in
            sendAnswered(&state)
            outlet.send(bytes, answered: 0)
        }
        outlet.flush()
    }
}
