internal import ChannelKit
internal import Registry
internal import Storage
internal import Synchronization

/// Channels that asked to be woken.
extension Tenant {
    /// Seconds until a channel that could not be woken is tried again.
    private static let wakePause: Int64 = 60

    /// Wakes the channels whose time has come: those that answer on the spot in one transaction, then each other one.
    func wakeChannels(_ done: @escaping @Sendable () -> Void) {
        write { [self] transaction in
            let others = try wakeImmediate(transaction)
            return { [self] in wake(others[...], done) }
        } failed: { [self] error in
            postpone(error)
            done()
        }
    }

    /// Looks anew who wants to be woken, after a change of who may be.
    func findWakes() {
        read { [self] transaction in
            let wakes = try ChannelWakeReader(transaction).all()
            return { [self] in tell(wakes) }
        } failed: { _ in
        }
    }

    /// Wakes what is due before anybody sees the database, or tells when it will be.
    func wakeAtOpening(_ database: Database) throws {
        let wakes = try database.readAsWriter { try ChannelWakeReader($0).all() }
        guard isDue(wakes) else { return tell(wakes) }
        let job = WriteJob(isKept: true, isLong: false) { [self] transaction in
            _ = try wakeImmediate(transaction)
            return {}
        } failed: { [self] error in
            postpone(error)
        }
        commit([job], to: database, isOpening: true)
    }

    /// Tells when the next channel is to be woken.
    func tell(_ wakes: [ChannelWake]) {
        let profile = profile
        let next = wakes.filter { profile.channelToWake($0.channel) != nil }.map(\.at).min()
        let isNews = state.withLock { state in
            defer { state.isToBeWoken = next != nil }
            return next != nil || state.isToBeWoken
        }
        if isNews { wakeClock.set(name, next) }
    }

    private func isDue(_ wakes: [ChannelWake]) -> Bool {
        let (profile, now) = (profile, wakeClock.now())
        return wakes.contains { $0.at <= now && profile.channelToWake($0.channel)?.isImmediate == true }
    }

    /// - Returns: The channels that are due too and cannot answer inside a transaction.
    private func wakeImmediate(_ transaction: WriteTransaction) throws -> [String] {
        let (profile, now) = (profile, wakeClock.now())
        var others: [String] = []
        for wake in try ChannelWakeReader(transaction.reading).all() where wake.at <= now {
            guard let channel = profile.channelToWake(wake.channel) else { continue }
            guard channel.isImmediate else {
                others.append(wake.channel)
                continue
            }
            let occasion = Occasion(shop: profile.shop, at: now, actor: .channel(wake.channel))
            let waking = try channel.answerAtOnce { channel.wake(occasion, $0) }
            try carryOut(waking, channel, occasion, transaction)
        }
        return others
    }

    private func wake(_ channels: ArraySlice<String>, _ done: @escaping @Sendable () -> Void) {
        guard let id = channels.first else { return done() }
        let rest = channels.dropFirst()
        guard let channel = profile.channelToWake(id) else { return wake(rest, done) }
        let occasion = Occasion(shop: profile.shop, at: wakeClock.now(), actor: .channel(id))
        channel.wake(occasion) { [self] result in
            write { [self] transaction in
                try carryOut({ try result.get()($0) }, channel, occasion, transaction)
                return { [self] in wake(rest, done) }
            } failed: { [self] error in
                postpone(error)
                done()
            }
        }
    }

    /// Does what a channel wants done; what fails is undone and tried again later, without harm to the others.
    private func carryOut(
        _ waking: ChannelWaking, _ channel: any Channel, _ occasion: Occasion, _ transaction: WriteTransaction
    ) throws {
        let (id, writer) = (channel.descriptor.id, ChannelWakeWriter(transaction))
        do {
            try transaction.savepoint {
                guard try writer.take(id, at: occasion.at) else { return }
                try requireTables(of: id)
                try waking(ChannelTransaction(transaction, channel, occasion))
            }
        } catch let lost as TransactionLost {
            throw lost
        } catch {
            wakeClock.log(error, of: id, in: name)
            guard try writer.take(id, at: occasion.at) else { return }
            try writer.set(id, at: Instant(seconds: occasion.at.seconds + Self.wakePause))
        }
    }

    /// Nothing could be written; what is due stays due.
    private func postpone(_ error: any Error) {
        wakeClock.log(error, of: "", in: name)
        wakeClock.set(name, Instant(seconds: wakeClock.now().seconds + Self.wakePause))
    }
}
