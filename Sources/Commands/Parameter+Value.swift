internal import ChannelKit
internal import StrictJSON
internal import Wire

extension Parameter {
    /// Gives a written value the parameter's type.
    ///
    /// - Returns: A string for text, amounts and times, a number, a boolean, an array of strings for words, else as is;
    ///   null stays null.
    func value(of written: Argument.Value) throws(CommandError) -> JSON {
        let value: JSON =
            switch written {
            case .bare(let text): try value(ofBare: text)
            case .json(let json): try value(ofJSON: json)
            }
        try checkText(value)
        return value
    }

    /// Refuses a text that is too long or holds what no text should.
    private func checkText(_ value: JSON) throws(CommandError) {
        guard let text = value.stringValue else { return }
        guard text.utf8.count <= maximum else { throw .badValue(name, "at most \(maximum) bytes are taken") }
        guard !text.utf8.contains(0) else { throw .badValue(name, "a NUL cannot be part of a text") }
    }

    private func value(ofBare text: String) throws(CommandError) -> JSON {
        switch kind {
        case .text, .amount, .time: return .string(text)
        case .integer:
            guard Int64(text) != nil else { throw .badValue(name, "a whole number is needed") }
            return .number(text)
        case .flag:
            guard text == "true" || text == "false" else { throw .badValue(name, "true or false is needed") }
            return .bool(text == "true")
        case .words: return Self.words(in: text)
        case .buyer:
            guard Int64(text) != nil else { throw .badValue(name, "an id or an object is needed") }
            return .number(text)
        case .object: throw .badValue(name, "an object is needed")
        case .list: throw .badValue(name, "a list is needed")
        case .json:
            // A bare word that is no JSON, such as a name, is meant as text.
            return (try? JSON(parsing: text)) ?? .string(text)
        }
    }

    /// The words of a text that commas part, quoted or bare; one with a comma in it needs a list.
    private static func words(in text: String) -> JSON {
        let words = text.split(separator: ",").map { $0.drop(while: \.isWhitespace) }.map { word in
            word.lastIndex { !$0.isWhitespace }.map { String(word[...$0]) } ?? ""
        }
        return .array(words.filter { !$0.isEmpty }.map { .string($0) })
    }

    private func value(ofJSON json: JSON) throws(CommandError) -> JSON {
        switch (kind, json) {
        case (_, .null): return .null
        case (.text, .string), (.amount, .string), (.time, .string), (.flag, .bool), (.object, .object),
            (.list, .array), (.buyer, .object), (.json, _):
            return json
        case (.text, .number(let text)): return .string(text)
        case (.integer, .number(let text)), (.integer, .string(let text)), (.buyer, .number(let text)),
            (.buyer, .string(let text)):
            return try value(ofBare: text)
        case (.flag, .string(let text)): return try value(ofBare: text)
        case (.words, .string(let text)): return Self.words(in: text)
        case (.words, .array(let items)):
            guard items.allSatisfy({ $0.stringValue != nil }) else {
                throw .badValue(name, "a list of texts is needed")
            }
            return json
        case (.text, _): throw .badValue(name, "text is needed")
        case (.amount, _): throw .badValue(name, "an amount such as \"12.50\" is needed")
        case (.time, _): throw .badValue(name, "a time such as \"2026-11-22T10:00:00Z\" is needed")
        case (.integer, _): throw .badValue(name, "a whole number is needed")
        case (.flag, _): throw .badValue(name, "true or false is needed")
        case (.words, _): throw .badValue(name, "a list of texts is needed")
        case (.object, _): throw .badValue(name, "an object is needed")
        case (.list, _): throw .badValue(name, "a list is needed")
        case (.buyer, _): throw .badValue(name, "an id or an object is needed")
        }
    }
}
