/// A JSON value.
///
/// Two values are equal when their texts are: numbers digit by digit (`1` is not `1.0`), strings byte by byte (not by
/// canonical equivalence, as Swift compares them), members in their order. ``canonical`` forgets the order.
public enum JSON: Sendable {
    /// A name and its value in an object.
    public struct Member: Sendable {
        /// The name, unescaped.
        public var name: String
        /// The value.
        public var value: JSON

        /// Pairs a name with a value.
        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    case null
    case bool(Bool)
    /// A number by its source text: amounts are never floats.
    case number(String)
    case string(String)
    case array([JSON])
    /// Members in the order of the source; a name may occur again, and the last one counts.
    case object([Member])

    /// Reads a text that is exactly one value, with or without whitespace around it.
    ///
    /// - Throws: ``JSONError``.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in
            try JSONReader.readText(buffer)
        }
    }

    /// Reads a text that is exactly one value, with or without whitespace around it.
    ///
    /// - Throws: ``JSONError``; its offset counts bytes of UTF-8.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Compact JSON text, without any LF.
    public var text: String {
        var writer = JSONWriter()
        writer.json(self)
        return writer.finish().text
    }

    /// Writes the value as the writer's next one.
    public func write(to writer: inout JSONWriter) {
        writer.json(self)
    }
}
