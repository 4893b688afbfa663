internal import Registry
internal import StrictJSON

/// A caller has named too many coupons that there are not.
struct TooManyGuesses: Refusal, Equatable {
    /// After how many seconds the next one is looked at.
    let seconds: Int64

    var kind: RefusalKind { .busy }

    var slug: String { "quota" }

    var details: [JSON.Member] { [JSON.Member(name: "retry_after", value: .number(String(seconds)))] }

    var description: String { "too many coupon codes were wrong; try again in \(seconds) s" }
}
