internal import Registry

/// Turns the values of cards into text, strictly: what cannot be told is left out, never garbled.
public struct CardText: Sendable {
    /// What is written in no charset of its own.
    private let charset: Charset
    /// Whether the file has been decoded already, whatever its properties say.
    private let isDecoded: Bool

    /// `charset` is that of the file.
    public init(_ charset: Charset) {
        isDecoded = charset == .utf16LittleEndian || charset == .utf16BigEndian
        self.charset = isDecoded ? .utf8 : charset
    }

    /// Hands a card's values without a charset of their own to somebody who tells the charset of the file.
    public static func show(_ card: Card, to detector: inout CharsetDetector) {
        for property in card.properties where property.charset == nil && property.value.contains(where: { $0 >= 0x80 })
        {
            // A byte order mark would have to stand at the beginning, and zeros mean another charset there.
            detector.take([ASCII.lineFeed] + property.value.filter { $0 != 0 } + [ASCII.lineFeed])
        }
    }

    /// The text of a value.
    ///
    /// - Throws: ``ImportReason/unreadableText(charset:)``.
    func text(of property: CardProperty) throws(ImportReason) -> String {
        let isForeign = property.value.contains { $0 >= 0x80 || $0 == 0x1B }
        guard isForeign else { return String(decoding: property.value, as: UTF8.self) }
        let declared = isDecoded && !property.isEncoded ? nil : property.charset
        guard let name = declared else { return try text(property.value, charset) }
        guard let known = name == "us-ascii" ? .utf8 : Charset(named: name) else {
            throw .unreadableText(charset: String(name.prefix(40)))
        }
        // Text of one byte a character is not valid UTF-8 by chance: the file was converted, and the names left.
        if !known.isOfSeveralBytes, let text = String(validating: property.value, as: UTF8.self) { return text }
        return try text(property.value, known)
    }

    private func text(_ bytes: [UInt8], _ charset: Charset) throws(ImportReason) -> String {
        do {
            var decoder = try CharsetDecoder(charset)
            let text = try decoder.decode(bytes)
            try decoder.finish()
            return String(decoding: text, as: UTF8.self)
        } catch {
            throw .unreadableText(charset: charset.rawValue)
        }
    }
}
