internal import Glibc

/// One run of a program: bytes in, a few bytes out, an end.
struct ChildRun {
    /// How it ended; nil when it was killed at the deadline.
    let end: ChildProcess.End?
    /// The first bytes that it wrote, to standard output and to standard error.
    let written: [UInt8]

    /// The most bytes kept of what it writes; the rest is read and dropped.
    static let writtenLimit = 4096

    /// Runs a program and waits for its end; blocks.
    ///
    /// What it started itself and left running goes on after its own end, as mail systems do, but not after the
    /// deadline.
    ///
    /// - Parameters:
    ///   - command: The program and its arguments.
    ///   - environment: All that is set in its environment.
    ///   - input: All that it can read.
    ///   - limit: After this long it is killed with its group.
    ///   - earlierDeadline: When it is killed even before that; nil for not yet. Looked at several times a second.
    /// - Throws: ``ChildError``.
    init(
        _ command: [String], environment: [String: String], input: [UInt8], limit: Duration,
        earlierDeadline: () -> ContinuousClock.Instant? = { nil }
    ) throws(ChildError) {
        let child = try ChildProcess(command, environment: environment)
        let deadline = ContinuousClock.now + limit
        var exchange = Exchange(child: child, input: input)
        while !exchange.hasEnded {
            let left = min(deadline, earlierDeadline() ?? deadline) - ContinuousClock.now
            guard left > .zero else { break }
            exchange.step(milliseconds: Int32(min(left / .milliseconds(1), 200)) + 1)
        }
        if exchange.hasEnded {
            exchange.read()
            end = child.collect()
        } else {
            child.kill()
            end = nil
        }
        written = exchange.written
    }
}

/// The talk with a child while it runs.
private struct Exchange {
    let child: ChildProcess
    var input: ArraySlice<UInt8>
    var written: [UInt8] = []
    var hasEnded = false
    private var open: Set<Int32>

    init(child: ChildProcess, input: [UInt8]) {
        self.child = child
        self.input = input[...]
        open = [child.output, child.errors]
        if input.isEmpty { child.closeInput() }
    }

    /// Waits until something can be done, and does it.
    mutating func step(milliseconds: Int32) {
        var waits = [pollfd(fd: child.descriptor, events: Int16(POLLIN), revents: 0)]
        for descriptor in open { waits.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)) }
        if !input.isEmpty { waits.append(pollfd(fd: child.input, events: Int16(POLLOUT), revents: 0)) }
        guard poll(&waits, nfds_t(waits.count), milliseconds) > 0 else { return }
        for wait in waits where wait.revents != 0 {
            if wait.fd == child.descriptor {
                hasEnded = true
            } else if wait.fd == child.input {
                write()
            } else {
                read(wait.fd)
            }
        }
    }

    /// Takes what is there of what the program wrote.
    mutating func read() {
        for descriptor in open { read(descriptor) }
    }

    private mutating func write() {
        let count = input.withUnsafeBytes { Glibc.write(child.input, $0.baseAddress, $0.count) }
        if count > 0 {
            input = input.dropFirst(count)
        } else if errno != EAGAIN, errno != EINTR {
            // It reads no further; its exit code says whether that is an error.
            input = []
        }
        if input.isEmpty { child.closeInput() }
    }

    private mutating func read(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        // A bound, lest a program that writes without end keeps the deadline from being looked at.
        for _ in 0..<64 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { open.remove(descriptor) }
            guard count > 0 else { return }
            written += buffer[..<min(count, ChildRun.writtenLimit - written.count)]
        }
    }
}
