internal import ChannelKit
internal import Registry
internal import Storage

/// Somebody whose attempts are counted has named a coupon that there is not, or a wrong code; what it did is undone.
///
/// The answer waits until the attempt is counted durably: neither a new connection nor a restart begins anew.
struct WrongGuess: Error {
    /// What was asked for.
    let invocation: TenantInvocation
    /// What the caller is told.
    let cause: any Error

    /// Counts the attempt.
    ///
    /// - Throws: ``AttemptError/tooMany(retryAt:)``, which is then to be told instead.
    func count(in transaction: WriteTransaction) throws {
        try AttemptWriter(transaction, invocation.occasion).count(.coupon, of: invocation.caller.keySpace)
    }
}

extension TenantInvocation {
    /// Does what looks a coupon up by its code, or compares a code; a channel or a storefront may be wrong only so often.
    ///
    /// - Throws: ``AttemptError/tooMany(retryAt:)``, ``WrongGuess``, or what `body` throws.
    func guessing<Result>(_ transaction: ReadTransaction, _ body: () throws -> Result) throws -> Result {
        guard isCounted else { return try body() }
        try AttemptReader(transaction, occasion).admit(.coupon, of: caller.keySpace)
        do {
            return try body()
        } catch let error as CouponError where error == .notFound {
            throw WrongGuess(invocation: self, cause: error)
        } catch let refusal as ChannelRefusal where refusal.slug == ChannelRefusal.wrongCode {
            throw WrongGuess(invocation: self, cause: refusal)
        }
    }

    /// The same for what changes something as well; a wrong guess leaves none of it.
    func guessing<Result>(_ transaction: WriteTransaction, _ body: () throws -> Result) throws -> Result {
        guard isCounted else { return try body() }
        return try guessing(transaction.reading) { try transaction.savepoint(body) }
    }

    /// Whose guesses are counted, nil for staff and operators.
    var guesser: String? { isCounted ? caller.keySpace : nil }

    private var isCounted: Bool { caller.role == .channel || caller.role == .portal }
}
