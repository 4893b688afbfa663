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
    private static let outputLimit = 16 << 20
    /// So much is read at a time.
    private static let piece = 256 << 10

    let program: PluginProgram
    let serial: UInt64
    let generation: Int
    let begun = ContinuousClock.now
    private let child: ChildProcess
    private(set) var phase = Phase.starting
    /// When the next step of the end is due.
    private var phaseDue: ContinuousClock.Instant?
    /// How long each step of the end may take.
    private var patience = Duration.seconds(2)
    private var toWrite = ByteQueue()
    private var written = ByteQueue()
    private var cutter = LineCutter()
    private var errorText = ByteQueue()
    private var errorCutter = LineCutter()
    private var inputInterest: Poller.Interest = []
    private var outputInterest: Poller.Interest = []
    private var errorInterest: Poller.Interest = []
    private(set) var pending: [Int64: Pending] = [:]
    /// No pending one is due before.
    private var earliest: ContinuousClock.Instant?
    var openTenants: Set<String> = []
    /// What the process has against a tenant's settings.
    var refusals: [String: any Error] = [:]
    /// What the process has asked and has not been told yet.
    private(set) var questions = 0
    private var wantsFlush = false
    private var isInputBroken = false
    private(set) var isOutputOver = false
    /// Requests that ran out of time since it answered last.
    var missed = 0
    /// Bytes nobody asked for since it answered last.
    var strayBytes = 0

    init(_ program: PluginProgram, serial: UInt64, generation: Int) throws(ChildError) {
        self.program = program
        self.serial = serial
        self.generation = generation
        child = try ChildProcess(
            program.manifest.command, environment: program.environment, directory: program.folder,
            limits: program.manifest.limits, endsWithThread: true)
    }

    var pid: Int32 { child.pid }

    /// When something is to be looked at.
    var nextDue: ContinuousClock.Instant? {
        [earliest, phaseDue, suspectAt].compactMap(\.self).min()
    }

    // MARK: Sending

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

    private func write(_ line: [UInt8]) {
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

    func canWrite(_ readiness: Poller.Interest) {
        wantsFlush = true
    }

    private func writeOut() {
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

    /// When a process that has closed its input or its output should have ended.
    private var suspectAt: ContinuousClock.Instant?

    /// Whether it has closed its input or its output and goes on all the same.
    func isSuspect(_ now: ContinuousClock.Instant) -> Bool {
        guard let due = suspectAt, due <= now else { return false }
        suspectAt = nil
        return phase == .ready || phase == .starting
    }

    private func suspect() {
        // One that ends closes them too, and then how it ended says more.
        if suspectAt == nil, phase == .ready || phase == .starting { suspectAt = .now + .milliseconds(200) }
    }

    // MARK: Reading

    /// Takes what the process has written.
    func read(_ body: (Piece) -> Void) {
        if readPiece() == 0 {
            isOutputOver = true
            suspect()
        }
        cut(body)
    }

    /// Takes what is left of what an ended process has written.
    func takeRest(_ body: (Piece) -> Void) {
        for _ in 0..<64 where !isOutputOver {
            let count = readPiece()
            if count <= 0 { break }
            cut(body)
        }
    }

    /// - Returns: How many bytes came; 0 at the end, -1 when there are none now.
    private func readPiece() -> Int {
        let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.piece) { buffer -> Int in
            let count = Glibc.read(child.output, buffer.baseAddress, buffer.count)
            if count > 0 { written.append(UnsafeBufferPointer(rebasing: buffer[..<count])) }
            return count
        }
        if count < 0, errno != EAGAIN, errno != EINTR { return 0 }
        return count
    }

    private func cut(_ body: (Piece) -> Void) {
        var pieces: [Piece] = []
        var offset = 0
        written.withBytes { bytes in
            while true {
                switch cutter.next(in: bytes, at: &offset, limit: Self.lineLimit) {
                case .line(let line): pieces.append(Self.message(Array(line)))
                case .overlong(let length): pieces.append(.offence("a line of \(length) bytes"))
                case .unfinished: return
                }
            }
        }
        written.drop(offset)
        for piece in pieces { body(piece) }
    }

    private static func message(_ line: [UInt8]) -> Piece {
        if line.isEmpty { return .stray(bytes: 1) }
        // What is no JSON is counted, not told apart.
        guard let json = try? JSON(parsing: line), json.objectValue != nil else { return .stray(bytes: line.count) }
        return .message(json)
    }

    /// Takes whole lines of what the process has complained.
    func readErrors(_ body: (String) -> Void) {
        let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16 << 10) { buffer -> Int in
            let count = Glibc.read(child.errors, buffer.baseAddress, buffer.count)
            if count > 0 { errorText.append(UnsafeBufferPointer(rebasing: buffer[..<count])) }
            return count
        }
        var lines: [String] = []
        var offset = 0
        errorText.withBytes { bytes in
            while case .line(let line) = errorCutter.next(in: bytes, at: &offset, limit: 4_096) {
                lines.append(String(decoding: line, as: UTF8.self))
            }
        }
        errorText.drop(offset)
        for line in lines { body(line) }
        if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { areErrorsOver = true }
    }

    private var areErrorsOver = false

    // MARK: What is pending

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

    // MARK: Its life

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

    private var needsInputClosed = false

    // MARK: Watching

    func watch(_ poller: Poller) {
        _ = poller.watch(child.descriptor, token: token(.end), from: [], to: .input)
        if poller.watch(child.errors, token: token(.errors), from: [], to: .input) { errorInterest = .input }
        flush(poller)
    }

    /// Stops watching what is of no use any more.
    private func tidy(_ poller: Poller) {
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

    private func token(_ source: Source) -> UInt64 { serial << 2 | source.rawValue }
}
