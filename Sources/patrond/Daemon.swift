internal import ChannelKit
internal import Commands
internal import ControlServer
internal import Dispatch
internal import struct Foundation.Date
internal import Glibc
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Synchronization

/// Everything put together: host, commands, socket, signals.
final class Daemon: Sendable {
    private let host: Host
    private let center: CommandCenter
    private let server: ControlServer
    private let lock: DirectoryLock
    let options: ServeOptions

    init(_ options: ServeOptions) throws {
        Database.configureProcess()
        Descriptors.raiseLimit()
        self.options = options
        let plugins = try options.plugins.map { folder in
            try PluginHouse(
                directory: folder, taken: Set(compiledChannels.map(\.descriptor.id)), pauses: options.pluginPauses
            ) { Log.notice($0, $1) }
        }
        lock = try DirectoryLock(options.tenants)
        let host = try Host(
            directory: options.tenants, channels: ChannelCatalog(compiledChannels, plugins: plugins),
            openLimit: OpenLimit(tenants: options.openTenants, connections: options.connections),
            journalSize: options.journalSize,
            limits: options.limits,
            now: { Instant(seconds: Int64(Date().timeIntervalSince1970)) })
        plugins?.takeOver(options.tenants)
        try host.removeLeftovers()
        let operators: Set<UInt32> = [0, getuid()]
        // The server needs the commands and the commands tell of the server: the box is filled once, below.
        let box = ServerBox()
        let center = CommandCenter(
            host: host, operators: operators, serverStatistics: { box.statistics }, drain: { box.drain() })
        let listening = try ListeningSocket.inherited() ?? ListeningSocket.bind(path: options.socket)
        let wakefulness = options.awake > 0 ? Wakefulness(hold: .milliseconds(options.awake)) : nil
        server = try ControlServer(
            listening: listening, factory: center, operators: operators, wakefulness: wakefulness)
        box.fill(server)
        self.center = center
        self.host = host
    }

    /// Serves until SIGTERM, SIGINT or the verb `drain`; every request in hand is answered before this returns.
    func run() throws {
        TerminationSignals.handle { [server] in server.drain(grace: .seconds(30)) }
        let schedule = { @Sendable (seconds: Int64, call: @escaping @Sendable () -> Void) in
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Int(seconds)), execute: call)
        }
        if let mail = options.mail { host.startMail(via: mail, schedule: schedule) }
        host.startWaking(schedule: schedule) { Log.notice($0, $1) }
        center.startPlugins()
        tellRecovery()
        host.startMigrations()
        Notifier.tell("READY=1\nSTATUS=serving \(options.socket)")
        Log.notice("serving", ["socket": options.socket, "tenants": options.tenants])
        let looks = DispatchSource.makeTimerSource()
        looks.setEventHandler { [host] in host.writeLooks() }
        looks.schedule(deadline: .now() + 5, repeating: 5)
        looks.activate()
        server.run()
        looks.cancel()
        Notifier.tell("STOPPING=1")
        host.close()
        Log.notice("ended")
    }

    /// Says what was missing in the tenants' files when the host started.
    private func tellRecovery() {
        let recovered = host.recovered
        let count = recovered.replayed.values.reduce(0, +)
        if count > 0 || recovered.cutCount > 0 {
            Log.notice(
                "recovered",
                [
                    "tenants": String(recovered.replayed.count), "changes": String(count),
                    "unanswered": String(recovered.cutCount),
                ])
        }
        for (tenant, reason) in recovered.stopped {
            Log.notice("a tenant is stopped: the journal does not fit its file", ["tenant": tenant, "reason": reason])
        }
        for tenant in recovered.missing {
            Log.notice("the journal has changes of a tenant that is not there", ["tenant": tenant])
        }
    }

    /// The channels, those of plugins included.
    var sources: [any ChannelSource] { host.channels.sources }

    /// Why there is no plugin of this id.
    func fault(of plugin: String) throws -> String {
        let fault = try host.channels.plugins?.statuses().first { $0.id == plugin }?.fault
        return "the plugin \(plugin) cannot be used: \(fault ?? "there is no \(plugin)/plugin.json")"
    }

    /// Starts a plugin of this id if need be; waits until it answers.
    ///
    /// - Throws: `PluginFailure`, with the reason why it does not.
    func start(plugin: String) throws {
        _ = try host.channels.plugins?.test(plugin)
    }

    /// Ends ``run()`` in good order.
    func drain() {
        server.drain(grace: .seconds(30))
    }
}

/// Lets the commands reach the server, which is made after them.
private final class ServerBox: Sendable {
    private let server = Mutex<ControlServer?>(nil)

    func fill(_ server: ControlServer) {
        self.server.withLock { $0 = server }
    }

    func drain() {
        server.withLock { $0 }?.drain(grace: .seconds(30))
    }

    var statistics: [JSON.Member] {
        guard let statistics = server.withLock({ $0 })?.statistics else { return [] }
        return [
            ("connections", statistics.connections), ("accepted", statistics.accepted),
            ("refused", statistics.refused), ("lines", statistics.lines), ("bytes_in", statistics.bytesIn),
            ("bytes_out", statistics.bytesOut),
        ].map { JSON.Member(name: $0.0, value: .number(String($0.1))) }
    }
}
