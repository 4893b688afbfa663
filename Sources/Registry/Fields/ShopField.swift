internal import Foundation
public import StrictJSON

/// A field of customers that the shop has defined for itself.
public struct ShopField: Sendable, Equatable {
    /// What a field holds.
    public enum Kind: String, Sendable, CaseIterable {
        case text
        /// A decimal number.
        case number
        /// True or false.
        case flag
        /// A calendar day, "2026-11-22".
        case day
        /// One of some words.
        case choice
    }

    /// Small letters, digits and underscores, beginning with a letter.
    public let name: String
    public let kind: Kind
    /// The words of a choice; none for other kinds.
    public let choices: [String]

    public init(name: String, kind: Kind, choices: [String]) {
        self.name = name
        self.kind = kind
        self.choices = choices
    }

    /// A value as the field keeps it, whether it comes typed or as text from a list.
    ///
    /// - Throws: ``FieldError/badValue(field:reason:)``.
    public func value(of json: JSON) throws(FieldError) -> JSON {
        switch (kind, json) {
        case (.text, .string), (.number, .number), (.flag, .bool): return json
        case (.text, .number(let text)): return .string(text)
        case (.number, .string(let text)):
            guard let number = try? JSON(parsing: Self.trimmed(text)), case .number = number else { break }
            return number
        case (.flag, .string(let text)):
            switch Self.trimmed(text).lowercased() {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: break
            }
        case (.day, .string(let text)):
            let day = Self.trimmed(text)
            // Whatever is wrong with the day, the caller is told the same.
            if day.utf8.count == 10, (try? Instant(parsing: day, zone: .gmt)) != nil { return .string(day) }
        case (.choice, .string(let text)):
            let key = Folding.folded(Self.trimmed(text))
            if let choice = choices.first(where: { Folding.folded($0) == key }) { return .string(choice) }
        case (.text, _), (.number, _), (.flag, _), (.day, _), (.choice, _): break
        }
        throw .badValue(field: name, reason: demand)
    }

    /// What is asked of a value.
    private var demand: String {
        switch kind {
        case .text: "text is needed"
        case .number: "a number is needed"
        case .flag: "true or false is needed"
        case .day: "a day such as 2026-11-22 is needed"
        case .choice: "one of \(choices.joined(separator: ", ")) is needed"
        }
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces) }
}
