internal import Foundation
internal import Registry
internal import StrictJSON

/// Where a list goes on, as opaque text for the client.
enum Cursor {
    static func text(_ values: JSON...) -> String { text(of: values) }

    static func text(of values: [JSON]) -> String {
        Data(JSON.array(values).text.utf8).base64EncodedString()
    }

    /// - Throws: ``CommandError/badValue(_:_:)`` for text that no list has given.
    static func values(_ arguments: Arguments, count: Int) throws(CommandError) -> [JSON]? {
        guard let values = try values(arguments) else { return nil }
        guard values.count == count else { throw unknown }
        return values
    }

    /// - Throws: ``CommandError/badValue(_:_:)`` for text that no list has given.
    static func values(_ arguments: Arguments) throws(CommandError) -> [JSON]? {
        guard let text = arguments.text("after") else { return nil }
        // Whatever is wrong with the text, the client is told the same.
        guard let data = Data(base64Encoded: text), let values = (try? JSON(parsing: Array(data)))?.arrayValue
        else { throw unknown }
        return values
    }

    private static let unknown = CommandError.badValue("after", "give what the page before said under next")

    /// A cursor that is a number alone, `start` for the first page.
    static func number(_ arguments: Arguments, start: Int64) throws(CommandError) -> Int64 {
        guard let values = try values(arguments, count: 1) else { return start }
        guard let number = values[0].integerValue else { throw unknown }
        return number
    }

    static func text(_ number: Int64) -> String { text(.number(String(number))) }
}
