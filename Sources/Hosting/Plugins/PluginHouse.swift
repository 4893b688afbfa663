public import ChannelKit
internal import Foundation
internal import Glibc
internal import Synchronization

/// The plugins of a host that run in processes of their own, each in a folder with its `plugin.json`.
public final class PluginHouse: Sendable {
    private struct Entry {
        let folder: String
        /// What `plugin.json` held.
        var text: [UInt8]
        var version: Int
        /// The program, or why there is none.
        var program: Result<PluginProgram, PluginFailure>
        /// What the folder calls it, for one whose manifest cannot be read.
        let id: String
    }

    private static let manifestLimit = 1 << 20

    private let directory: String?
    private let taken: Set<String>
    private let loop: PluginLoop?
    private let entries = Mutex<[String: Entry]>([:])
    private let tenants: TenantFinder
    private let ready: ReadyBell
    let pauses: PluginPauses

    /// Reads the manifests; no program is started before it is needed.
    ///
    /// - Parameters:
    ///   - directory: Holds a folder for each plugin; nil for none.
    ///   - taken: The ids of the channels of this build.
    ///   - pauses: How long a plugin that failed is left alone.
    ///   - log: Writes a line into the log.
    /// - Throws: What the kernel says.
    public init(
        directory: String?, taken: Set<String>, pauses: PluginPauses = PluginPauses(),
        log: @escaping @Sendable (_ message: String, _ fields: [String: String]) -> Void
    ) throws {
        self.directory = directory.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        self.taken = taken
        self.pauses = pauses
        let finder = TenantFinder()
        let bell = ReadyBell()
        (tenants, ready) = (finder, bell)
        let answers = PluginAnswers(tenant: { finder.find($0) }, log: log)
        loop =
            directory == nil
            ? nil
            : try PluginLoop(
                PluginSurroundings(answer: answers.answer, ready: { bell.ring($0) }, log: log, pauses: pauses))
        for id in try folders() { _ = try read(id) }
    }

    /// Ends what processes of plugins a host that was killed left behind; to be called before anything is asked, by
    /// whoever holds the lock of the tenants' directory.
    public func takeOver(_ directory: String) {
        guard let loop, let mark = ProcessMark(hostOf: directory) else { return }
        loop.post { $0.mark = mark }
        for _ in 0..<400 where mark.kill() > 0 { usleep(5_000) }
    }

    /// The channels of the plugins that can be used, in the order of their ids.
    public var sources: [any ChannelSource] {
        guard let loop else { return [] }
        let programs = entries.withLock { $0.values.compactMap { try? $0.program.get() } }
        return programs.sorted { $0.manifest.id < $1.manifest.id }.map { PluginSource($0, loop) }
    }

    /// Lets plugins ask about tenants, and says when one is ready.
    func attach(tenant: @escaping @Sendable (String) -> Tenant?, ready: @escaping @Sendable (String) -> Void) {
        tenants.set(tenant)
        self.ready.set(ready)
    }

    /// Where all plugins stand, in the order of their ids; waits for the plugins' thread.
    public func statuses() throws -> [PluginStatus] {
        guard let loop else { return [] }
        let seats = try loop.ask { engine, answer in
            answer.give(
                .success(
                    engine.seats.values.map { seat in (plugin: seat.plugin, seat: PluginStatus.Seat(seat)) }))
        }
        return entries.withLock { Array($0.values) }.sorted { $0.id < $1.id }.map { entry in
            let own = seats.filter { $0.plugin == entry.id }.map(\.seat)
            switch entry.program {
            case .success(let program):
                return PluginStatus(
                    id: entry.id, title: program.manifest.descriptor.title,
                    version: program.manifest.descriptor.version, folder: entry.folder, fault: nil, seats: own)
            case .failure(.broken(_, let reason)):
                return PluginStatus(
                    id: entry.id, title: "", version: "", folder: entry.folder, fault: reason, seats: own)
            case .failure(let error):
                return PluginStatus(
                    id: entry.id, title: "", version: "", folder: entry.folder, fault: "\(error)", seats: own)
            }
        }
    }

    /// Where a plugin stands.
    ///
    /// - Throws: ``PluginFailure/unknown(_:)``.
    public func status(of id: String) throws -> PluginStatus {
        guard let status = try statuses().first(where: { $0.id == id }) else { throw PluginFailure.unknown(id) }
        return status
    }

    /// Lets a plugin that failed too often try again.
    ///
    /// - Throws: ``PluginFailure/unknown(_:)``.
    public func reset(_ id: String) throws {
        _ = try program(of: id)
        try loop?.ask { engine, answer in
            for seat in engine.seats(of: id) { seat.reset(engine) }
            answer.give(.success(()))
        }
        ready.ring(id)
    }

    /// Starts a plugin if need be and returns how long it takes to answer; waits for it.
    ///
    /// - Throws: ``PluginFailure``.
    public func test(_ id: String) throws -> Duration {
        _ = try program(of: id)
        guard let loop else { throw PluginFailure.unknown(id) }
        return try loop.ask { engine, answer in
            guard let seat = engine.seat(of: id, tenant: "") else {
                return answer.give(.failure(PluginFailure.unknown(id)))
            }
            seat.ping(answer, engine)
        }
    }

    /// Reads a plugin's manifest again and lets a new process take over; requests in hand end in the old one.
    ///
    /// - Returns: Whether the manifest has changed.
    /// - Throws: ``PluginFailure``; the old one then goes on.
    public func reload(_ id: String) throws -> Bool {
        guard let directory, let loop, PluginManifest.isID(id) else { throw PluginFailure.unknown(id) }
        let before = entries.withLock { $0[id] }
        guard before != nil || FileManager.default.fileExists(atPath: "\(directory)/\(id)/plugin.json") else {
            throw PluginFailure.unknown(id)
        }
        let fresh = entry(for: id, after: before)
        let program: PluginProgram
        do {
            program = try fresh.program.get()
        } catch {
            // One that could not be used before tells its new fault.
            if before.map({ (try? $0.program.get()) == nil }) ?? true { entries.withLock { $0[id] = fresh } }
            throw error
        }
        _ = try loop.ask { (engine: PluginEngine, answer: PendingAnswer<Int>) in
            engine.install(program)
            let seats = engine.seats(of: id)
            guard let seat = seats.first else { return answer.give(.success(0)) }
            seat.whenReloaded(answer)
        }
        entries.withLock { $0[id] = fresh }
        return before?.text != fresh.text
    }

    /// Has something done later, once; never where there are no plugins.
    func after(_ pause: Duration, _ work: @escaping @Sendable () -> Void) {
        loop?.post { $0.after(pause) { _ in work() } }
    }

    /// Ends all processes; returns when they are gone.
    func stop() { loop?.stop() }

    /// - Throws: ``PluginFailure``.
    private func program(of id: String) throws(PluginFailure) -> PluginProgram {
        guard let entry = entries.withLock({ $0[id] }) else { throw .unknown(id) }
        return try entry.program.get()
    }

    private func folders() throws -> [String] {
        guard let directory else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: directory).filter { name in
            FileManager.default.fileExists(atPath: "\(directory)/\(name)/plugin.json")
        }.sorted()
    }

    private func read(_ id: String) throws -> Entry {
        let fresh = entry(for: id, after: nil)
        if case .success(let program) = fresh.program { loop?.post { $0.install(program) } }
        entries.withLock { $0[id] = fresh }
        return fresh
    }

    private func entry(for id: String, after before: Entry?) -> Entry {
        let folder = "\(directory ?? "")/\(id)"
        let version = (before?.version ?? 0) + 1
        let text = FileManager.default.contents(atPath: "\(folder)/plugin.json").map { [UInt8]($0) } ?? []
        let program: Result<PluginProgram, PluginFailure>
        do {
            guard text.count <= Self.manifestLimit else {
                throw PluginFailure.broken(plugin: id, reason: "plugin.json is too big")
            }
            let manifest = try PluginManifest(parsing: text)
            guard manifest.id == id else {
                throw PluginFailure.broken(
                    plugin: id, reason: "id: the folder is called \(id), and so must be the plugin")
            }
            guard !taken.contains(id) else {
                throw PluginFailure.broken(plugin: id, reason: "id: a channel of the host has this id")
            }
            program = .success(PluginProgram(manifest: manifest, folder: folder, version: version))
        } catch let failure as PluginFailure {
            program = .failure(failure)
        } catch {
            program = .failure(.broken(plugin: id, reason: "plugin.json: \(error)"))
        }
        return Entry(folder: folder, text: text, version: version, program: program, id: id)
    }
}

/// Finds tenants once there is a host.
private final class TenantFinder: Sendable {
    private let body = Mutex<(@Sendable (String) -> Tenant?)?>(nil)

    func set(_ find: @escaping @Sendable (String) -> Tenant?) { body.withLock { $0 = find } }

    func find(_ name: String) -> Tenant? { body.withLock { $0 }?(name) }
}

/// Says that a plugin is ready, once somebody wants to know.
private final class ReadyBell: Sendable {
    private let body = Mutex<(@Sendable (String) -> Void)?>(nil)

    func set(_ ring: @escaping @Sendable (String) -> Void) { body.withLock { $0 = ring } }

    func ring(_ plugin: String) { body.withLock { $0 }?(plugin) }
}

extension PluginStatus.Seat {
    /// What the plugins' thread knows of a seat.
    fileprivate init(_ seat: PluginSeat) {
        self.init(
            state: seat.standing.rawValue, pid: seat.current?.pid, generation: seat.generation,
            restarts: seat.restarts, pending: seat.pendingCount, latency: seat.latency, strays: seat.strays,
            lastError: seat.lastError, lastWords: seat.lastWords)
    }
}
