internal import Glibc
internal import Polling
internal import StrictJSON

/// One process of a plugin: what is to be written to it, what it wrote, and what it has not answered yet.
final class PluginProcess {
    /// Which of its descriptors is ready.
    enum Source: UInt64 {
        case end
        case input
        case output
        case errors

        init(token: UInt64) { self = Source(rawValue: token & 3) ?? .end }
    }

    /// What came out of a process.
    enum Piece {
        case message(JSON)
        /// Something that is no message.
        case stray(bytes: Int)
        /// Something that cannot be lived with; the reason.
        case offence(String)
    }

    enum Phase: Equatable {
        case starting
        case ready
        /// It has been asked to end.
        case leaving
        /// Its input is closed.
        case closed
        /// It has got SIGTERM.
        case terminated
        /// It has got SIGKILL.
        case killed
    }

    /// What has not been answered yet.
    struct Pending {
        enum Kind {
            case request(PluginRequest)
            case initialize
            case open(token: String)
            case ping(PendingAnswer<Duration>)
            case notice
        }

        let kind: Kind
        let begun: ContinuousClock.Instant
        let due: ContinuousClock.Instant
    }

    static let lineLimit = 1 << 20
    /// So much may wait to be written.
    static let outputLimit = 16 << 20
    /// So much is read at a time.
    static let piece = 256 << 10

    let program: PluginProgram
    let serial: UInt64
    let generation: Int
    let mark: ProcessMark?
    let child: ChildProcess
    var phase = Phase.starting
    /// When the next step of the end is due.
    var phaseDue: ContinuousClock.Instant?
    /// How long each step of the end may take.
    var patience = Duration.seconds(2)
    var toWrite = ByteQueue()
    var written = ByteQueue()
    var cutter = LineCutter()
    var errorText = ByteQueue()
    var errorCutter = LineCutter()
    /// The last line of what it complained.
    var lastWords: String?
    var inputInterest: Poller.Interest = []
    var outputInterest: Poller.Interest = []
    var errorInterest: Poller.Interest = []
    var pending: [Int64: Pending] = [:]
    /// No pending one is due before.
    var earliest: ContinuousClock.Instant?
    var openTenants: Set<String> = []
    /// What the process has against a tenant's settings.
    var refusals: [String: any Error] = [:]
    /// What the process has asked and has not been told yet.
    var questions = 0
    var wantsFlush = false
    var isInputBroken = false
    /// Its input is to be closed at the end of the round.
    var needsInputClosed = false
    var areErrorsOver = false
    /// When a process that has closed its input or its output should have ended.
    var suspectAt: ContinuousClock.Instant?
    var isOutputOver = false
    /// Requests that ran out of time since it answered last.
    var missed = 0
    /// Bytes nobody asked for since it answered last.
    var strayBytes = 0

    init(_ program: PluginProgram, serial: UInt64, generation: Int, mark: ProcessMark?) throws(ChildError) {
        self.program = program
        self.serial = serial
        self.generation = generation
        self.mark = mark
        child = try ChildProcess(
            program.manifest.command, environment: program.environment, directory: program.folder,
            limits: program.manifest.limits, mark: mark, endsWithThread: true)
    }

    var pid: Int32 { child.pid }

    /// When something is to be looked at.
    var nextDue: ContinuousClock.Instant? {
        [earliest, phaseDue, suspectAt].compactMap(\.self).min()
    }

    /// Queues a line; false when too much waits already.
    func send(_ line: [UInt8], id: Int64, _ kind: Pending.Kind, due: ContinuousClock.Instant) -> Bool {
        guard toWrite.count + line.count <= Self.outputLimit, !isInputBroken else { return false }
        write(line)
        pending[id] = Pending(kind: kind, begun: .now, due: due)
        earliest = earliest.map { min($0, due) } ?? due
        return true
    }

    /// Queues the answer to something the process asked.
    func answered(_ line: [UInt8]) {
        questions -= 1
        write(line)
    }

    func asked() { questions += 1 }

    func write(_ line: [UInt8]) {
        guard phase != .closed, phase != .terminated, phase != .killed else { return }
        toWrite.append(line)
        wantsFlush = true
    }

    /// Writes what waits, as much as the process takes, and watches for what comes next.
    func flush(_ poller: Poller) {
        tidy(poller)
        if wantsFlush {
            wantsFlush = false
            writeOut()
        }
        let input: Poller.Interest = toWrite.isEmpty || isInputBroken ? [] : .output
        if input != inputInterest, poller.watch(child.input, token: token(.input), from: inputInterest, to: input) {
            inputInterest = input
        }
        // Who asks faster than it can be told is not listened to for a while.
        let output: Poller.Interest = isOutputOver || questions > 256 ? [] : .input
        if output != outputInterest,
            poller.watch(child.output, token: token(.output), from: outputInterest, to: output)
        {
            outputInterest = output
        }
    }

    func canWrite() {
        wantsFlush = true
    }

    func writeOut() {
        while !toWrite.isEmpty, !isInputBroken {
            let count = toWrite.withBytes { Glibc.write(child.input, $0.baseAddress, $0.count) }
            if count > 0 {
                toWrite.drop(count)
            } else if count < 0, errno == EAGAIN {
                return
            } else if count < 0, errno != EINTR {
                isInputBroken = true
                suspect()
            }
        }
    }

    /// Whether it has closed its input or its output and goes on all the same.
    func isSuspect(_ now: ContinuousClock.Instant) -> Bool {
        guard let due = suspectAt, due <= now else { return false }
        suspectAt = nil
        return phase == .ready || phase == .starting
    }

    func suspect() {
        // One that ends closes them too, and then how it ended says more.
        if suspectAt == nil, phase == .ready || phase == .starting { suspectAt = .now + .milliseconds(200) }
    }

    func takePending(_ id: Int64) -> Pending? {
        let found = pending.removeValue(forKey: id)
        if pending.isEmpty { earliest = nil }
        return found
    }

    /// Takes out what is due.
    func takeExpired(_ now: ContinuousClock.Instant) -> [Pending] {
        guard let earliest, earliest <= now else { return [] }
        let expired = pending.filter { $0.value.due <= now }
        for id in expired.keys { pending[id] = nil }
        self.earliest = pending.values.map(\.due).min()
        return expired.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Takes out what was asked for a tenant.
    func takeRequests(of token: String) -> [PluginRequest] {
        let found = pending.compactMap { id, pending -> PluginRequest? in
            guard case .request(let request) = pending.kind, request.tenant.token == token else { return nil }
            return request
        }
        for request in found { pending[request.id] = nil }
        return found.sorted { $0.id < $1.id }
    }

    func takeAllPending() -> [Pending] {
        defer {
            pending = [:]
            earliest = nil
        }
        return pending.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Whether a tenant's request has not been answered yet.
    func request(_ id: Int64) -> PluginRequest? {
        guard case .request(let request) = pending[id]?.kind else { return nil }
        return request
    }

    func watch(_ poller: Poller) {
        _ = poller.watch(child.descriptor, token: token(.end), from: [], to: .input)
        if poller.watch(child.errors, token: token(.errors), from: [], to: .input) { errorInterest = .input }
        flush(poller)
    }

    /// Stops watching what is of no use any more.
    func tidy(_ poller: Poller) {
        if areErrorsOver, errorInterest != [],
            poller.watch(child.errors, token: token(.errors), from: errorInterest, to: [])
        {
            errorInterest = []
        }
        if needsInputClosed {
            needsInputClosed = false
            _ = poller.watch(child.input, token: token(.input), from: inputInterest, to: [])
            inputInterest = []
            child.closeInput()
        }
    }

    func unwatch(_ poller: Poller) {
        _ = poller.watch(child.descriptor, token: token(.end), from: .input, to: [])
        _ = poller.watch(child.errors, token: token(.errors), from: errorInterest, to: [])
        _ = poller.watch(child.output, token: token(.output), from: outputInterest, to: [])
        if inputInterest != [] { _ = poller.watch(child.input, token: token(.input), from: inputInterest, to: []) }
    }

    /// How the process ended; what it left behind in its group ends too.
    func collect() -> ChildProcess.End {
        child.signal(SIGKILL)
        return child.collect()
    }

    func token(_ source: Source) -> UInt64 { serial << 2 | source.rawValue }
}
