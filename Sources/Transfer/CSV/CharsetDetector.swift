/// Tells the charset of a file from its bytes, all of them, and says so when it cannot be told.
///
/// A byte order mark decides; then zeros at every other byte, as UTF-16 has them around points, digits and line ends;
/// then whether all is valid UTF-8, which text in another charset is not by chance. Charsets of one byte a character
/// cannot be told from each other: who guesses turns a Turkish ğ into ð.
public struct CharsetDetector {
    private var start: [UInt8] = []
    private var utf8 = UTF8Validation()
    private var count = 0
    /// Zeros at even and at odd places.
    private var zeros = (even: 0, odd: 0)
    private var word: [UInt8] = []
    private var isWordForeign = false
    private var words: [[UInt8]] = []

    /// Words shown to somebody who has to decide.
    private static let sample = 5
    private static let longestWord = 40

    public init() {}

    /// Takes the next bytes.
    public mutating func take(_ bytes: [UInt8]) {
        if start.count < 3 { start += bytes.prefix(3 - start.count) }
        utf8.take(bytes)
        countZeros(in: bytes)
        if words.count < Self.sample { collectWords(of: bytes) }
    }

    /// The charset of what has been taken.
    ///
    /// - Throws: ``CharsetError/doubtful(_:)`` with the words that decide, as they look in each charset.
    public func charset() throws(CharsetError) -> Charset {
        if start.starts(with: [0xEF, 0xBB, 0xBF]) {
            guard utf8.isValid, utf8.isComplete else { throw .malformed(.utf8) }
            return .utf8
        }
        if let marked = Charset(byteOrderMark: start) { return marked }
        if count.isMultiple(of: 2), zeros.even + zeros.odd > max(count / 10, 2) {
            // Latin text has a zero in nearly every unit, others at least in each of the ASCII signs that make a table.
            if zeros.odd > zeros.even * 10 { return .utf16LittleEndian }
            if zeros.even > zeros.odd * 10 { return .utf16BigEndian }
        }
        if utf8.isValid, utf8.isComplete { return .utf8 }
        throw .doubtful(readings())
    }

    private mutating func countZeros(in bytes: [UInt8]) {
        for (index, byte) in bytes.enumerated() where byte == 0 {
            if (count + index).isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        count += bytes.count
    }

    private mutating func collectWords(of bytes: [UInt8]) {
        for byte in bytes {
            let isLetter = byte >= 0x80 || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
            if isLetter {
                if word.count < Self.longestWord { word.append(byte) }
                if byte >= 0x80 { isWordForeign = true }
            } else {
                endWord()
                if words.count == Self.sample { return }
            }
        }
    }

    private mutating func endWord() {
        if isWordForeign, !words.contains(word) { words.append(word) }
        isWordForeign = false
        word.removeAll(keepingCapacity: true)
    }

    private func readings() -> [CharsetReading] {
        let samples = isWordForeign && words.count < Self.sample ? words + [word] : words
        return Charset.candidates.compactMap { charset in
            let texts = samples.map { Self.text($0, in: charset) }
            guard !texts.contains(nil) else { return nil }
            return CharsetReading(charset: charset, words: texts.compactMap(\.self))
        }
    }

    /// A word in a charset; nil when it cannot be one, or holds control characters there.
    private static func text(_ word: [UInt8], in charset: Charset) -> String? {
        do {
            var decoder = try CharsetDecoder(charset)
            let text = String(decoding: try decoder.decode(word), as: UTF8.self)
            return text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : text
        } catch {
            return nil
        }
    }
}
