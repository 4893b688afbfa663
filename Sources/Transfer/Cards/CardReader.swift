/// Cuts an address book into cards, piece by piece, in bounded memory.
public struct CardReader: Sendable {
    private var cutter: any CardCutting

    public init(_ format: CardFormat) {
        switch format {
        case .vCard: cutter = VCardReader()
        case .ldif: cutter = LDIFReader()
        }
    }

    /// Takes the next bytes; `body` gets each card they complete.
    ///
    /// - Throws: What `body` throws.
    public mutating func read(_ bytes: [UInt8], _ body: (Card) throws -> Void) rethrows {
        try cutter.read(bytes, body)
    }

    /// Takes the end of the file; `body` gets a last card.
    ///
    /// - Throws: What `body` throws.
    public mutating func finish(_ body: (Card) throws -> Void) rethrows {
        try cutter.finish(body)
    }
}
