internal import ChannelKit

/// Makes samples fresh each time they are used, so that an id or a day in them is never taken twice.
///
/// In texts `{n}` stands for a number and `{day}` for a day of its own; the text `{number}` is that number itself.
struct Placeholders {
    private let number: Int64

    init(_ number: Int64) {
        self.number = number
    }

    func filled(_ json: JSON) -> JSON {
        switch json {
        case .null, .bool, .number: json
        case .string("{number}"): .number(String(number))
        case .string(let text): .string(filled(text))
        case .array(let items): .array(items.map(filled))
        case .object(let members): .object(members.map { JSON.Member(name: $0.name, value: filled($0.value)) })
        }
    }

    private func filled(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
        return text.replacing("{n}", with: String(number)).replacing("{day}", with: day)
    }

    /// Counted from the first day of 2030.
    private var day: String {
        String(Instant(seconds: 1_893_456_000 + number * 86_400).text.prefix(10))
    }
}
