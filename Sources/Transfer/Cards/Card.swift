/// One card of an address book, or one entry of a directory.
public struct Card: Sendable, Equatable {
    /// What it says, in the order of the file.
    public internal(set) var properties: [CardProperty] = []
    /// Why it cannot be read as a person; nil when it can.
    public internal(set) var problem: CardProblem?
    /// The lines of the file, counted from 1, that are no properties.
    var strayLines: [Int] = []

    /// Bytes of all values.
    private var size = 0

    /// Stray lines taken down.
    private static let strayLimit = 20
    /// The most bytes of all values together.
    static let byteLimit = 1 << 20
    /// The most properties.
    static let propertyLimit = 1_000

    /// The values of a property, by its name in upper case.
    func values(_ name: String) -> [CardProperty] { properties.filter { $0.name == name } }

    mutating func append(_ property: CardProperty) {
        size += property.value.count
        guard properties.count < Self.propertyLimit, size <= Self.byteLimit else { return problem = .tooLong }
        properties.append(property)
    }

    /// Takes down a line that is no property; more than some are not worth telling apart.
    mutating func stray(_ line: Int) {
        if strayLines.count < Self.strayLimit { strayLines.append(line) }
    }
}

/// Why a card is no person that can be taken over.
public enum CardProblem: Sendable, Equatable, CustomStringConvertible {
    /// The file, or another card, begins before it has ended.
    case unfinished
    /// More is in it than the limits allow.
    case tooLong
    /// It names the members of a group, or is a part of a directory.
    case noPerson
    /// It says how an entry is to be changed.
    case change

    public var description: String {
        switch self {
        case .unfinished: "the card begins and does not end"
        case .tooLong:
            "a card may have at most \(Card.propertyLimit) properties and \(Card.byteLimit) bytes without pictures"
        case .noPerson: "no person, but a group or a part of a directory"
        case .change: "a change to an entry, not an entry"
        }
    }
}
