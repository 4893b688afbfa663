internal import CSystem
internal import Glibc
internal import Polling

/// What the plugins' thread works on: one seat for each plugin, or for each plugin and tenant.
final class PluginEngine {
    /// Which process a request goes to.
    struct SeatKey: Hashable {
        let plugin: String
        /// The tenant's token where each tenant has a process of its own.
        let tenant: String?
    }

    private static let wakeToken: UInt64 = 0
    private static let killPause = Duration.milliseconds(5)
    private static let killLimit = 400

    let poller: Poller
    let surroundings: PluginSurroundings
    private let mailbox: Mailbox<PluginLoop.Content>
    private var programs: [String: PluginProgram] = [:]
    private(set) var seats: [SeatKey: PluginSeat] = [:]
    private var processes: [UInt64: (process: PluginProcess, seat: PluginSeat)] = [:]
    private var timers: [(due: ContinuousClock.Instant, work: PluginLoop.Work)] = []
    private var lastSerial: UInt64 = 0
    /// What all processes are known by; nil until that is known.
    var mark: ProcessMark?
    /// What ended processes may have left behind, and when it is looked for again.
    private var leftovers: [(mark: ProcessMark, due: ContinuousClock.Instant, tries: Int)] = []
    private(set) var isStopping = false

    init(_ poller: Poller, _ mailbox: Mailbox<PluginLoop.Content>, _ surroundings: PluginSurroundings) {
        self.poller = poller
        self.mailbox = mailbox
        self.surroundings = surroundings
    }

    /// Has something done on this thread later, from any other.
    var loop: @Sendable (@escaping PluginLoop.Work) -> Void {
        { [mailbox] work in mailbox.change { $0.work.append(work) } }
    }

    func run() {
        _ = poller.watch(mailbox.wakeDescriptor, token: Self.wakeToken, from: [], to: .input)
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while !isStopping || !processes.isEmpty || !leftovers.isEmpty {
            let now = ContinuousClock.now
            let pause = mailbox.fallAsleep() ? nextDue().map { max(.zero, $0 - now) } : .zero
            let count = poller.wait(timeout: pause, into: &events)
            mailbox.wakeUp()
            for event in events[..<count] { handle(event) }
            for work in mailbox.takeContent().work { work(self) }
            lookAtTheClock()
            for (process, _) in processes.values { process.flush(poller) }
        }
        _ = poller.watch(mailbox.wakeDescriptor, token: Self.wakeToken, from: .input, to: [])
    }

    /// Lets the requests of a plugin go to a program from now on; a running process of another goes on until the new one
    /// is ready.
    func install(_ program: PluginProgram) {
        programs[program.manifest.id] = program
        for seat in seats(of: program.manifest.id) { seat.install(program, self) }
    }

    func seats(of plugin: String) -> [PluginSeat] {
        seats.values.filter { $0.key.plugin == plugin }
    }

    /// The seat for a tenant's requests, made if need be; nil when there is no such plugin.
    func seat(of plugin: String, tenant token: String) -> PluginSeat? {
        guard let program = programs[plugin] else { return nil }
        let key = SeatKey(plugin: plugin, tenant: program.manifest.isolation == .tenant ? token : nil)
        if let seat = seats[key] { return seat }
        let seat = PluginSeat(key, program)
        seats[key] = seat
        return seat
    }

    func ask(_ request: PluginRequest) {
        guard !isStopping, let seat = seat(of: request.tenant.plugin, tenant: request.tenant.token) else {
            return request.done(.failure(PluginFailure.unknown(request.tenant.plugin)))
        }
        seat.ask(request, self)
    }

    /// A tenant's token is not used any more.
    func forget(_ token: String, of plugin: String) {
        for seat in seats(of: plugin) {
            seat.forget(token, self)
            if seat.key.tenant == token {
                seat.close(self)
                seats[seat.key] = nil
            }
        }
    }

    /// Has something done later.
    func after(_ pause: Duration, _ work: @escaping PluginLoop.Work) {
        let due = ContinuousClock.now + pause
        let place = timers.firstIndex { $0.due > due } ?? timers.endIndex
        timers.insert((due, work), at: place)
    }

    /// Starts a process for a seat.
    ///
    /// - Throws: ``ChildError``.
    func start(_ program: PluginProgram, generation: Int, for seat: PluginSeat) throws(ChildError) -> PluginProcess {
        lastSerial += 1
        let process = try PluginProcess(
            program, serial: lastSerial, generation: generation, mark: mark?.process(lastSerial))
        processes[lastSerial] = (process, seat)
        process.watch(poller)
        return process
    }

    /// The answer to what a process asked, unless that has ended.
    func send(_ line: [UInt8], answerTo serial: UInt64) {
        processes[serial]?.process.answered(line)
    }

    func stop() {
        isStopping = true
        timers = []
        for seat in seats.values { seat.close(self) }
        for (process, _) in processes.values { process.hurry() }
    }

    private func handle(_ event: epoll_event) {
        guard event.data.u64 != Self.wakeToken else { return mailbox.clearWakeDescriptor() }
        guard let (process, seat) = processes[event.data.u64 >> 2] else { return }
        switch PluginProcess.Source(token: event.data.u64) {
        case .end:
            process.takeRest { seat.take($0, from: process, self) }
            process.unwatch(poller)
            processes[process.serial] = nil
            process.takeRestOfErrors { seat.log($0, self) }
            let end = process.collect()
            if let mark = process.mark { leftovers.append((mark, .now, 0)) }
            seat.ended(process, end, self)
        case .input: process.canWrite()
        case .output: process.read { seat.take($0, from: process, self) }
        case .errors: process.readErrors { seat.log($0, self) }
        }
    }

    private func nextDue() -> ContinuousClock.Instant? {
        let due = processes.values.compactMap { $0.process.nextDue } + seats.values.compactMap(\.nextDue)
        return (due + leftovers.map(\.due) + (timers.first.map { [$0.due] } ?? [])).min()
    }

    private func lookAtTheClock() {
        let now = ContinuousClock.now
        while let first = timers.first, first.due <= now {
            timers.removeFirst()
            first.work(self)
        }
        for (process, seat) in processes.values where process.nextDue.map({ $0 <= now }) ?? false {
            seat.lookAtTheClock(process, now, self)
        }
        let looks = leftovers.filter { $0.due <= now }
        leftovers.removeAll { $0.due <= now }
        for look in looks where look.mark.kill() > 0 {
            // Somebody who starts processes faster than they can be killed is not waited for.
            guard look.tries < Self.killLimit else {
                surroundings.log("processes of a plugin cannot be ended", [:])
                continue
            }
            leftovers.append((look.mark, now + Self.killPause, look.tries + 1))
        }
        for seat in seats.values where seat.nextDue.map({ $0 <= now }) ?? false { seat.lookAtTheClock(now, self) }
    }
}
