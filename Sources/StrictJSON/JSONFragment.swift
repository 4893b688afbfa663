/// A finished piece of JSON text.
///
/// Only a ``JSONWriter`` makes one, so its bytes are valid compact JSON and hold no LF.
public struct JSONFragment: Sendable, Equatable {
    /// The text in UTF-8.
    public let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes up text that a ``JSONWriter`` made earlier and that was kept since.
    public init(trusted bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The compact text of a value.
    public init(of json: JSON) {
        var writer = JSONWriter()
        writer.json(json)
        self = writer.finish()
    }

    /// The text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The object without members, `{}`.
    public static let emptyObject = JSONFragment(bytes: [ASCII.openBrace, ASCII.closeBrace])

    /// The same object with one more member at its end.
    ///
    /// The fragment must be an object.
    public func adding(_ name: String, _ value: Bool) -> JSONFragment {
        adding(name, .bool(value))
    }

    /// The same object with one more member at its end.
    ///
    /// The fragment must be an object.
    public func adding(_ name: String, _ value: JSON) -> JSONFragment {
        precondition(bytes.last == ASCII.closeBrace, "a member can be added to an object only")
        var writer = JSONWriter(reopening: self)
        writer.member(name, value)
        writer.endObject()
        return writer.finish()
    }
}
