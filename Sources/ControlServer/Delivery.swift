/// What an outlet hands to the loop.
struct Delivery: Sendable {
    /// The connection's token.
    let token: UInt64
    let bytes: [UInt8]
    /// How many received lines the bytes complete.
    let answered: Int
    /// Whether the connection is to be closed behind these bytes.
    let isLast: Bool
}
