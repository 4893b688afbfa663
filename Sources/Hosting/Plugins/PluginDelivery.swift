internal import ChannelKit
internal import Registry
internal import Storage

/// Tells one plugin what happened in one tenant, in order, until it knows all.
///
/// What the plugin wants done and how far it has got are one transaction, so its effects happen once though it may be told
/// again.
struct PluginDelivery: Sendable {
    /// What is to be told next.
    private struct Batch: Sendable {
        let entries: [TimelineEntry]
        /// How far the timeline was looked through.
        let scanned: Int64
        let isLast: Bool
    }

    /// The most bytes of a request's entries.
    private static let byteLimit = 512 << 10

    private let tenant: Tenant
    private let channel: ChildChannel
    private let now: @Sendable () -> Instant
    /// Learns how far the plugin has got.
    private let told: @Sendable (Int64) -> Void

    init(
        _ tenant: Tenant, _ channel: ChildChannel, _ now: @escaping @Sendable () -> Instant,
        told: @escaping @Sendable (Int64) -> Void
    ) {
        self.tenant = tenant
        self.channel = channel
        self.now = now
        self.told = told
    }

    private var plugin: String { channel.descriptor.id }

    /// - Parameters:
    ///   - skipped: Up to here nothing was of interest, whatever the file says.
    ///   - done: Takes what failed, and up to where nothing more is of interest.
    func run(after skipped: Int64, _ done: @escaping @Sendable ((any Error)?, _ skipped: Int64) -> Void) {
        let channel = channel
        tenant.read { [self] transaction in
            let reader = DeliveryReader(transaction)
            guard let position = try reader.position(of: plugin) else {
                return { [self] in begin(done) }
            }
            let batch = try Self.batch(reader, after: max(position, skipped), channel)
            return { [self] in deliver(batch, done) }
        } failed: { error in
            done(error, skipped)
        }
    }

    /// The plugin is told what comes from now on.
    private func begin(_ done: @escaping @Sendable ((any Error)?, _ skipped: Int64) -> Void) {
        let plugin = plugin
        tenant.write { transaction in
            try DeliveryWriter(transaction).begin(plugin)
            return { done(nil, 0) }
        } failed: { error in
            done(error, 0)
        }
    }

    private static func batch(_ reader: DeliveryReader, after seq: Int64, _ channel: ChildChannel) throws -> Batch {
        let all = try reader.entries(after: seq, limit: PluginPump.scanLimit)
        var entries: [TimelineEntry] = []
        var bytes = 0
        for (entry, owner) in all {
            guard channel.wants(entry.topic, orderOf: owner) else { continue }
            bytes += entry.data.bytes.count
            if !entries.isEmpty, entries.count == PluginPump.entryLimit || bytes > byteLimit {
                return Batch(entries: entries, scanned: entry.seq - 1, isLast: false)
            }
            entries.append(entry)
        }
        return Batch(
            entries: entries, scanned: all.last?.entry.seq ?? seq, isLast: all.count < PluginPump.scanLimit)
    }

    private func deliver(_ batch: Batch, _ done: @escaping @Sendable ((any Error)?, _ skipped: Int64) -> Void) {
        guard let last = batch.entries.last else {
            return batch.isLast ? done(nil, batch.scanned) : run(after: batch.scanned, done)
        }
        let occasion = Occasion(shop: tenant.profile.shop, at: now(), actor: .channel(plugin))
        channel.deliver(batch.entries, occasion) { [self] result in
            switch result {
            case .failure(let error): done(error, 0)
            case .success(let (effects, seq)):
                let reached = seq >= last.seq ? batch.scanned : seq
                tenant.write { [self] transaction in
                    try tenant.requireTables(of: plugin)
                    if try DeliveryWriter(transaction).advance(plugin, to: reached) {
                        _ = try effects.apply(
                            ChannelTransaction(transaction, channel, occasion), PluginReferences())
                    }
                    return { [self] in
                        told(reached)
                        run(after: reached, done)
                    }
                } failed: { error in
                    done(error, 0)
                }
            }
        }
    }
}
