/// What the program is asked to measure.
enum BenchCommand: Equatable {
    case orders(OrderOptions)
    case tenants(TenantOptions)
    case postgres(PostgresOptions)
    case idle(IdleOptions)
    case `import`(ImportOptions)
    case search(SearchOptions)
    case plugins(PluginOptions)
    case fairness(FairnessOptions)
    case help

    static let usage = """
        usage: patron-bench orders [--tenants N] [--clients N] [--seconds S] [--rounds R] [--directory DIR]
               patron-bench tenants [--count N] [--clients N] [--seconds S] [--open N] [--directory DIR]
               patron-bench postgres [--tenants N] [--clients N] [--seconds S] [--rounds R] [--directory DIR]
               patron-bench idle [--connections N] [--tenants N] [--directory DIR]
               patron-bench import [--rows N] [--directory DIR]
               patron-bench search [--customers N] [--orders N] [--directory DIR]
               patron-bench plugins [--clients N] [--seconds S] [--rounds R] [--directory DIR]
               patron-bench fairness [--clients N] [--depth N] [--rows N] [--seconds S] [--directory DIR]

        orders   registers the same orders through SQLite's C interface and through patrond's socket, in turns, each
                 of S seconds; the last line is "ratio 0.NN", the median of patrond's share of SQLite's rate
                 (1 tenant, 64 clients, 5 seconds, 3 rounds); with more tenants than clients each
                 client goes round its share of them, each order has a commit of its own in SQLite, and each
                 tenant has had one order before the clock begins; "stolen 0 % and 4 %" is what the host of a virtual
                 machine gave to others of its processors' time, on SQLite's side and on patrond's
        tenants  starts patrond on N tenants, times the first orders of some that nobody has used since they were made
                 beside SQLite, which opens the same file and commits the same order, then sends orders to 1000 of
                 them in turn, then to all, the first ones most often (as many to tenants 1 to 10 as to 1001 to 10000);
                 --open: patrond's --open-tenants; the last line is "ratio 0.NN", the share of the rate with 1000
                 tenants that is left with all (10000 tenants, 64 clients, 5 seconds each)
        postgres registers the same orders through a function in a PostgreSQL of its own (Debian's package postgresql, with
                 synchronous_commit) and through patrond's socket, in turns; the last line is "ratio N.NN", the median of
                 patrond's rate divided by PostgreSQL's (1000 tenants, 64 clients, 10 seconds, 1 round)
        idle     opens connections that stay silent, each tenant known by one request; the last line is
                 "resident NN MB", patrond's memory (1000 connections, 1000 tenants)
        import   imports the same made-up table with the sqlite3 program and with patrond, which takes another client's
                 orders meanwhile; the last line is "ratio 0.NN", patrond's share of sqlite3's rate (100000 rows)
        search   fills a tenant through the registry's own writers, without the socket, then asks for pages of customers
                 over the socket, and SQLite itself for the same (100000 customers, one of them with 10000 orders)
        plugins  registers the same orders through the online shop compiled in and through the same channel in a
                 process of its own, then compiled in while another plugin hangs; the last line is "ratio 0.NN", the
                 median of the child's share of the compiled-in rate (64 clients, 5 seconds, 3 rounds)

        fairness asks little of one tenant, first alone, then beside another tenant with N clients that keep so many
                 orders each under way, imports of so many rows and exports without end; the last line is "ratio N.NN",
                 how many times longer 99 of 100 of the quiet tenant's requests take (64 clients, 16 deep, 100000 rows,
                 10 seconds each)

        Scratch files go to a new folder in DIR (/var/tmp), which is removed at the end. patrond is taken from the folder
        of this program: build both with swift build -c release.
        """

    init(_ arguments: [String]) throws(BenchError) {
        var rest = arguments[...]
        switch rest.popFirst() {
        case "orders":
            var options = OrderOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--tenants": options.tenants = try Self.count(value)
                case "--clients": options.clients = try Self.count(value)
                case "--seconds": options.seconds = try Self.count(value)
                case "--rounds": options.rounds = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .orders(options)
        case "tenants":
            var options = TenantOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--count": options.count = try Self.count(value)
                case "--clients": options.clients = try Self.count(value)
                case "--seconds": options.seconds = try Self.count(value)
                case "--open": options.open = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .tenants(options)
        case "postgres":
            var options = PostgresOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--tenants": options.tenants = try Self.count(value)
                case "--clients": options.clients = try Self.count(value)
                case "--seconds": options.seconds = try Self.count(value)
                case "--rounds": options.rounds = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .postgres(options)
        case "idle":
            var options = IdleOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--tenants": options.tenants = try Self.count(value)
                case "--connections": options.connections = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .idle(options)
        case "import":
            var options = ImportOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--rows": options.rows = try Self.count(value, upTo: 10_000_000)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .import(options)
        case "search":
            var options = SearchOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--customers": options.customers = try Self.count(value, upTo: 10_000_000)
                case "--orders": options.orders = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .search(options)
        case "plugins":
            var options = PluginOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--clients": options.clients = try Self.count(value)
                case "--seconds": options.seconds = try Self.count(value)
                case "--rounds": options.rounds = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .plugins(options)
        case "fairness":
            var options = FairnessOptions()
            try Self.each(&rest) { (name, value) throws(BenchError) in
                switch name {
                case "--clients": options.clients = try Self.count(value)
                case "--depth": options.depth = try Self.count(value, upTo: 64)
                case "--rows": options.rows = try Self.count(value, upTo: 10_000_000)
                case "--seconds": options.seconds = try Self.count(value)
                case "--directory": options.directory = value
                default: throw .usage("there is no option \(name)")
                }
            }
            self = .fairness(options)
        case nil, "help", "--help", "-h":
            self = .help
        case let word?:
            throw .usage("there is no \(word)")
        }
    }

    private static func each(
        _ arguments: inout ArraySlice<String>, _ take: (String, String) throws(BenchError) -> Void
    ) throws(BenchError) {
        while let name = arguments.popFirst() {
            guard let value = arguments.popFirst() else { throw .usage("\(name) needs a value") }
            try take(name, value)
        }
    }

    private static func count(_ text: String, upTo limit: Int = 100_000) throws(BenchError) -> Int {
        guard let count = Int(text), 1...limit ~= count else { throw .usage("\(text) is no number from 1 to \(limit)") }
        return count
    }
}

/// How orders are measured.
struct OrderOptions: Equatable {
    var tenants = 1
    /// Connections with one request each in flight; as many orders of a tenant share a commit on the other side.
    ///
    /// With fewer of them than tenants each goes round its share of the tenants.
    var clients = 64
    /// How long each side works in a round.
    var seconds = 5
    var rounds = 3
    var directory = "/var/tmp"
}

/// How many tenants are measured.
struct TenantOptions: Equatable {
    var count = 10_000
    var clients = 64
    /// How long orders are sent, each time.
    var seconds = 5
    /// How many tenants the daemon may have open; nil for what it takes itself.
    var open: Int?
    var directory = "/var/tmp"
}

/// How PostgreSQL is measured.
struct PostgresOptions: Equatable {
    var tenants = 1_000
    var clients = 64
    /// How long each side works in a round.
    var seconds = 10
    var rounds = 1
    var directory = "/var/tmp"
}

/// How resident memory is measured.
struct IdleOptions: Equatable {
    var connections = 1000
    var tenants = 1000
    var directory = "/var/tmp"
}

/// How a big import is measured.
struct ImportOptions: Equatable {
    var rows = 100_000
    var directory = "/var/tmp"
}

/// How plugins are measured.
struct PluginOptions: Equatable {
    /// Connections with one request each in flight.
    var clients = 64
    /// How long each way is measured in a round.
    var seconds = 5
    var rounds = 3
    var directory = "/var/tmp"
}

/// How a tenant that takes all it can get is measured beside a quiet one.
struct FairnessOptions: Equatable {
    var clients = 64
    /// Orders that each client keeps under way.
    var depth = 16
    /// Rows of the table that is imported.
    var rows = 100_000
    /// How long the quiet tenant is measured, alone and then again.
    var seconds = 10
    var directory = "/var/tmp"
}

/// How lists and searches are measured.
struct SearchOptions: Equatable {
    var customers = 100_000
    /// Orders of one of the customers.
    var orders = 10_000
    var directory = "/var/tmp"
}
