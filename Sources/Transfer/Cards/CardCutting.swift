/// Cuts one format of address books into cards.
protocol CardCutting: Sendable {
    mutating func read(_ bytes: [UInt8], _ body: (Card) throws -> Void) rethrows
    mutating func finish(_ body: (Card) throws -> Void) rethrows
}
