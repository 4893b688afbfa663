internal import Hosting
internal import Registry

/// What the program is asked to do.
enum DaemonCommand {
    case serve(ServeOptions)
    case demo(ServeOptions, isOnce: Bool)
    case pluginTest(PluginTest.Target, mutationLimit: Int)
    /// Runs a channel of this build as a plugin in a process of its own; with a plugin's id it prints its manifest.
    case serveChannel(String, manifestOf: String?, ordersOnly: Bool)
    case help

    static let usage = """
        usage: patrond serve [--tenants DIR] [--socket PATH] [--sendmail COMMAND] [--plugins DIR]
                             [--plugin-pause MILLISECONDS] [--limits LIMITS] [--open-tenants N] [--connections N]
                             [--journal BYTES] [--awake MILLISECONDS]
               patrond demo [--once] [--tenants DIR] [--socket PATH]
               patrond plugin-test [--mutations N] (FOLDER | --channel ID)
               patrond serve-channel CHANNEL [--orders-only] [--manifest ID]

        serve    answers on the control socket until SIGTERM; takes the socket from systemd if it hands one over
        demo     fills a scratch tenant through all five channels, prints the conversation and keeps serving;
                 --once ends after printing
        plugin-test
                 tries what every channel must pass with the plugin in a folder, or with a channel of this build, in
                 a scratch host; prints a line for each case and ends with 1 if one does not hold; --mutations: so
                 many of the ways in which details can be wrong are tried, all of them unless given
        serve-channel
                 runs a channel of this build as a plugin that a host talks to on standard input and output; one with
                 work to do inside the host's transactions only with --orders-only, which leaves that work out;
                 --manifest prints the plugin.json of a plugin with that id instead

        --sendmail  the program that takes a mail on its standard input, and its arguments, parted by spaces;
                    /usr/sbin/sendmail -t -i unless given, "none" lets mail wait; the demo sends none
        --plugins   a folder with a folder for each plugin that runs in a process of its own; none unless given
        --plugin-pause
                    how long a plugin that failed is left alone before it is started again, twice as long each time up
                    to a minute; 500 unless given
        --limits    what a tenant may take unless tenant.set gives it limits of its own, such as
                    requests=200,burst=400,customers=50000,orders=0,bytes=2000000000,mails=1000; 0 for no limit;
                    tenant.show tells what each is and the value where none is given
        --open-tenants
                    how many tenants' files are open at a time; each takes two descriptors, one more once it is
                    read from, and about 20 kB; as many as the descriptors allow, unless given
        --connections
                    how many of them are being changed without being opened anew: a connection takes a descriptor
                    and 0.8 MB, up to 3 MB where files are big, and goes from tenant to tenant; as many as an eighth
                    of the memory holds, unless given
        --journal   how much of the changes of all tenants is kept in one place before it has to be in the tenants' own
                    files, at least 16384; 67108864 unless given
        --awake     how long the processors of a virtual machine are kept from being given back to its host after
                    anything has happened on the socket, up to 1000; 1 unless given, 0 for never
        """

    init(_ arguments: [String]) throws(UsageError) {
        var rest = arguments[...]
        if !Set(rest).isDisjoint(with: ["--help", "-h"]) { rest = ["help"] }
        switch rest.popFirst() {
        case "serve":
            self = .serve(try Self.options(&rest, ServeOptions()))
        case "demo":
            let isOnce = rest.contains("--once")
            rest.removeAll { $0 == "--once" }
            self = .demo(try Self.options(&rest, try Demo.scratch()), isOnce: isOnce)
        case "plugin-test":
            self = try Self.pluginTest(rest)
        case "serve-channel":
            guard let channel = rest.popFirst() else { throw UsageError(message: "which channel?") }
            let ordersOnly = rest.contains("--orders-only")
            rest.removeAll { $0 == "--orders-only" }
            guard let word = rest.popFirst() else {
                self = .serveChannel(channel, manifestOf: nil, ordersOnly: ordersOnly)
                return
            }
            guard word == "--manifest", let id = rest.popFirst(), rest.isEmpty else {
                throw UsageError(message: "--orders-only, and --manifest and the plugin's id, are all that may follow")
            }
            self = .serveChannel(channel, manifestOf: id, ordersOnly: ordersOnly)
        case "help":
            self = .help
        case nil:
            throw UsageError(message: "say what to do")
        case let word?:
            throw UsageError(message: "there is no \(word)")
        }
    }

    private static func pluginTest(_ arguments: ArraySlice<String>) throws(UsageError) -> DaemonCommand {
        var rest = arguments
        var target: PluginTest.Target?
        var limit = Int.max
        while let word = rest.popFirst() {
            switch word {
            case "--channel": target = .channel(try value(of: word, &rest))
            case "--mutations":
                guard let number = Int(try value(of: word, &rest)), number > 0 else {
                    throw UsageError(message: "--mutations needs a number above 0")
                }
                limit = number
            default: target = .plugin(folder: word)
            }
        }
        guard let target else { throw UsageError(message: "say which plugin or channel to try") }
        return .pluginTest(target, mutationLimit: limit)
    }

    private static func value(of word: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> String {
        guard let value = rest.popFirst() else { throw UsageError(message: "\(word) needs a value") }
        return value
    }

    private static func options(
        _ arguments: inout ArraySlice<String>, _ standard: ServeOptions
    ) throws(UsageError) -> ServeOptions {
        var options = standard
        while let word = arguments.popFirst() {
            let value = try value(of: word, &arguments)
            switch word {
            case "--tenants":
                options.tenants = value
                options.isScratch = false
            case "--socket": options.socket = value
            case "--plugins": options.plugins = value
            case "--plugin-pause":
                guard let pause = Int(value), (1...60_000).contains(pause) else {
                    throw UsageError(message: "--plugin-pause needs milliseconds from 1 to 60000")
                }
                options.pluginPauses = PluginPauses(first: .milliseconds(pause))
            case "--sendmail": options.mail = try transport(value)
            case "--limits":
                guard let limits = TenantSetting.limits(parsing: value) else {
                    throw UsageError(message: "--limits needs words such as requests=200,mails=0")
                }
                options.limits = limits
            case "--open-tenants", "--connections":
                guard let number = Int(value), number > 0 else {
                    throw UsageError(message: "\(word) needs a number above 0")
                }
                if word == "--connections" { options.connections = number } else { options.openTenants = number }
            case "--journal":
                guard let size = Int(value), (16_384...1 << 30).contains(size) else {
                    throw UsageError(message: "--journal needs bytes from 16384 to 1073741824")
                }
                options.journalSize = size
            case "--awake":
                guard let time = Int(value), (0...1_000).contains(time) else {
                    throw UsageError(message: "--awake needs milliseconds from 0 to 1000")
                }
                options.awake = time
            default: throw UsageError(message: "there is no option \(word)")
            }
        }
        return options
    }

    private static func transport(_ command: String) throws(UsageError) -> SendmailTransport? {
        if command == "none" { return nil }
        guard let transport = SendmailTransport(command: command) else {
            throw UsageError(message: "--sendmail needs the full path of a program, or none")
        }
        return transport
    }
}

/// Where the daemon finds its tenants and its clients.
struct ServeOptions {
    var tenants = "tenants"
    var socket = "run/patron.sock"
    /// Where the plugins are that run in processes of their own; nil for none.
    var plugins: String?
    /// How long a plugin that failed is left alone.
    var pluginPauses = PluginPauses()
    /// How mail leaves; nil for mail that waits.
    var mail = SendmailTransport(command: SendmailTransport.standardCommand)
    /// The limits of a tenant that has none of its own.
    var limits = Limits()
    /// How many tenants' files are open at a time; nil for as many as the descriptors allow.
    var openTenants: Int?
    /// How many connections change something in them; nil for as many as an eighth of the memory holds.
    var connections: Int?
    /// How many bytes the journal keeps of what may be needed.
    var journalSize = 64 << 20
    /// For how many milliseconds after a request processors are kept from being given back to a virtual machine's host.
    var awake = 1
    /// Whether the tenants go when the program ends.
    var isScratch = false
}

/// The program was called in a way it does not understand.
struct UsageError: Error {
    let message: String
}
