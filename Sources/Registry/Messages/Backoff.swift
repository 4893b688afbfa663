/// When a mail that was not taken is tried again.
enum Backoff {
    /// Seconds after each attempt that failed: a minute at first, a day at last.
    private static let delays: [Int64] = [60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400]

    /// The time of the next attempt, nil after the last.
    ///
    /// Up to a fifth later than the delay, differently for each mail, so that mails which failed together do not come
    /// back together.
    static func next(after attempts: Int64, of mail: MailID, at now: Instant) -> Instant? {
        guard attempts >= 1, attempts <= delays.count else { return nil }
        let delay = delays[Int(attempts) - 1]
        return Instant(seconds: now.seconds + delay + jitter(mail, attempts) * delay / 500)
    }

    /// 0 to 99, from the mail's id alone (Knuth's multiplicative hash).
    private static func jitter(_ mail: MailID, _ attempts: Int64) -> Int64 {
        let mixed = (UInt64(bitPattern: mail.rawValue) &* 31 &+ UInt64(bitPattern: attempts)) &* 0x9e37_79b9_7f4a_7c15
        return Int64((mixed >> 33) % 100)
    }
}
