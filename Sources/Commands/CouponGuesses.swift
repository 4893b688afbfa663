internal import ChannelKit
internal import Hosting
internal import Registry
internal import Synchronization

/// Slows down whoever tries out coupon codes: so many wrong ones at once, and then one every few seconds.
///
/// Kept in memory: a new connection begins nothing anew, a restart of the daemon does.
final class CouponGuesses: Sendable {
    /// How many seconds one wrong code costs, and how many of them may be owed.
    private static let cost: Int64 = 6
    private static let credit: Int64 = 360

    /// Until when each caller's wrong codes are paid for, in Unix time.
    private let debts = Mutex<[String: Int64]>([:])

    /// - Throws: ``TooManyGuesses``.
    func admit(_ caller: String, at now: Instant) throws(TooManyGuesses) {
        let due = debts.withLock { $0[caller] } ?? 0
        let wait = due - now.seconds - (Self.credit - Self.cost)
        if wait > 0 { throw TooManyGuesses(seconds: wait) }
    }

    /// Notes a wrong code.
    func note(_ caller: String, at now: Instant) {
        debts.withLock { debts in
            if debts.count >= 1_000 { debts = debts.filter { $0.value > now.seconds } }
            debts[caller] = max(debts[caller] ?? 0, now.seconds) + Self.cost
        }
    }
}

extension TenantInvocation {
    /// Does what looks a coupon up by its code; a channel or a storefront may be wrong only so often.
    func guessing<Result>(_ body: () throws -> Result) throws -> Result {
        guard caller.role == .channel || caller.role == .portal else { return try body() }
        let key = "\(tenant.name) \(caller.keySpace)"
        try services.guesses.admit(key, at: at)
        do {
            return try body()
        } catch let error as CouponError where error == .notFound {
            services.guesses.note(key, at: at)
            throw error
        }
    }
}
