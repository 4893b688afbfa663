import ChannelKit

/// What a booking takes of its place.
struct Occupation: Equatable {
    let order: OrderID
    /// From the buffer before it to the buffer after it, in Unix time.
    let busy: Range<Int64>
    let start: Instant
    let end: Instant
    /// How many people of a shared place; nil for all of it.
    let seats: Int64?
    let service: Int64?

    /// The longest an occupation may be of each class: 4^n hours, in seconds.
    static func longest(ofClass number: Int64) -> Int64 { 3_600 << (2 * number) }

    /// The class that an occupation of a length belongs to; nil for one that is longer than any may be.
    static func lengthClass(of length: Int64) -> Int64? {
        (0...7).first { length <= longest(ofClass: $0) }
    }
}
