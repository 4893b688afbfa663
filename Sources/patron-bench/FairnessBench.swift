import Foundation

/// Measures what a quiet tenant notices of one that takes all it can get: orders pipelined by many clients, imports and
/// exports without end.
struct FairnessBench {
    private let options: FairnessOptions
    private let scratch: Scratch

    init(_ options: FairnessOptions, in scratch: Scratch) {
        Descriptors.raiseLimit()
        self.options = options
        self.scratch = scratch
    }

    func run() throws {
        let template = try ShopTemplate(in: scratch)
        let table = "\(scratch.path)/list.csv"
        try ImportTable.write(rows: options.rows, to: table)
        try scratch.withFolder("patrond") { folder in
            let daemon = try DaemonProcess(in: folder, scratch: scratch)
            defer { daemon.stop() }
            try template.make(["quiet", "noisy"], in: daemon.tenants)
            sync()
            let quiet = try QuietClient(socket: daemon.socket, tenant: "quiet")
            let alone = try quiet.run(seconds: options.seconds)
            say("alone: \(alone.text)")
            let noise = Noise(
                socket: daemon.socket, tenant: "noisy", clients: options.clients, depth: options.depth, table: table)
            // The noise has to swell first.
            sleep(2)
            noise.beginCounting()
            let beside = try quiet.run(seconds: options.seconds)
            say("beside the noise: \(beside.text)")
            say("the noise meanwhile: \(try noise.stop())")
            let (orders, reads) = (beside.orders.p99 / alone.orders.p99, beside.reads.p99 / alone.reads.p99)
            say("p99 of orders \(Self.decimals(orders)) times, of reads \(Self.decimals(reads)) times")
            say("ratio \(Self.decimals(max(orders, reads)))")
        }
    }

    private static func decimals(_ value: Double) -> String { String(format: "%.2f", value) }
}

extension Latencies {
    /// The time within which 99 of 100 requests were answered, in milliseconds.
    var p99: Double { percentiles([99])[0] }
}
