internal import ChannelKit

/// Texts that are found again wherever they get to, planted in place of others.
struct Canaries {
    private var next: Int64
    private(set) var planted: [String] = []

    /// - Parameter number: Where the canaries' own numbers begin.
    init(from number: Int64) {
        next = number
    }

    /// The same details with every text and number at a place replaced by a canary of its kind.
    mutating func plant(at path: DetailPath, in details: JSON) -> JSON {
        path.replaced(in: details) { plant(in: $0) }
    }

    private mutating func plant(in json: JSON) -> JSON {
        switch json {
        case .null, .bool: json
        case .number, .string("{number}"): .number(nextNumber())
        case .string(let text): .string(canary(for: text))
        case .array(let items): .array(items.map { plant(in: $0) })
        case .object(let members): .object(members.map { JSON.Member(name: $0.name, value: plant(in: $0.value)) })
        }
    }

    /// A number that nothing else has.
    private mutating func nextNumber() -> String {
        next += 1
        planted.append("777\(next)")
        return "777\(next)"
    }

    /// An address for an address, digits for digits, letters in place of letters: what a channel checks is kept.
    private mutating func canary(for text: String) -> String {
        next += 1
        let number = String(next)
        let canary: String
        if text.contains("@") {
            canary = "qzkanari\(number)@example.org"
        } else if text.count == 2, text.allSatisfy(\.isLetter) {
            // A country's code says nothing about one person, and no other text of two letters could be found.
            return text
        } else if text.contains(where: \.isNumber), !text.contains(where: \.isLetter) {
            canary = Self.digits(number, in: text)
        } else {
            canary = "Qzkanari\(number)"
        }
        if canary != text { planted.append(canary) }
        return canary
    }

    /// The text with its last digits replaced by a number's; the same text when it has fewer than seven digits.
    private static func digits(_ number: String, in text: String) -> String {
        guard text.filter(\.isNumber).count >= 7, number.count <= 6 else { return text }
        var rest = Array(number)
        var result: [Character] = []
        for character in text.reversed() {
            if character.isNumber, !rest.isEmpty {
                result.append(rest.removeLast())
            } else {
                result.append(character)
            }
        }
        return String(result.reversed())
    }
}
