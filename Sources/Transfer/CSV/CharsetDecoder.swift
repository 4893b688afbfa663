internal import Glibc

/// Turns bytes of a charset into UTF-8, piece by piece, strictly: what is not allowed is an error, never a guess.
public struct CharsetDecoder {
    private let charset: Charset
    private let converter: Converter?
    private var utf8 = UTF8Validation()
    /// The first bytes of a character whose rest has not come.
    private var rest: [UInt8] = []
    private var isAtStart = true

    /// - Throws: ``CharsetError/unsupported(_:)``.
    public init(_ charset: Charset) throws(CharsetError) {
        self.charset = charset
        converter = charset == .utf8 ? nil : try Converter(charset)
    }

    /// The next bytes as UTF-8; a byte order mark at the very beginning is left out.
    ///
    /// - Throws: ``CharsetError/malformed(_:)``.
    public mutating func decode(_ bytes: [UInt8]) throws(CharsetError) -> [UInt8] {
        var decoded = try converted(bytes)
        guard isAtStart, !decoded.isEmpty else { return decoded }
        isAtStart = false
        if decoded.starts(with: CSVWriter.byteOrderMark) { decoded.removeFirst(3) }
        return decoded
    }

    /// Says that there are no more bytes.
    ///
    /// - Throws: ``CharsetError/malformed(_:)`` when the last character is incomplete.
    public func finish() throws(CharsetError) {
        guard rest.isEmpty, utf8.isComplete else { throw .malformed(charset) }
    }

    private mutating func converted(_ bytes: [UInt8]) throws(CharsetError) -> [UInt8] {
        guard let converter else {
            utf8.take(bytes)
            guard utf8.isValid else { throw .malformed(.utf8) }
            guard isAtStart else { return bytes }
            // A byte order mark may come in pieces.
            rest += bytes
            if rest.count < 3, CSVWriter.byteOrderMark.starts(with: rest) { return [] }
            defer { rest = [] }
            return rest
        }
        rest += bytes
        guard let (decoded, used) = converter.convert(rest) else { throw .malformed(charset) }
        rest.removeFirst(used)
        return decoded
    }
}

/// A conversion by the C library. <https://man7.org/linux/man-pages/man3/iconv.3.html>
private final class Converter {
    private let handle: iconv_t

    init(_ charset: Charset) throws(CharsetError) {
        // The C library says -1, as a pointer, for what it does not know.
        guard let opened = iconv_open("UTF-8", charset.rawValue), Int(bitPattern: opened) != -1 else {
            throw .unsupported(charset)
        }
        handle = opened
    }

    deinit { iconv_close(handle) }

    /// The whole characters of `bytes` as UTF-8, and how many bytes they took; nil when there is what may not be.
    func convert(_ bytes: [UInt8]) -> ([UInt8], Int)? {
        var source = bytes.map { CChar(bitPattern: $0) }
        var used = 0
        var isMalformed = false
        // No character takes more than four bytes, and none of these charsets writes one in less than one.
        let decoded = [UInt8](unsafeUninitializedCapacity: bytes.count * 4 + 16) { target, count in
            target.withMemoryRebound(to: CChar.self) { target in
                source.withUnsafeMutableBufferPointer { source in
                    var input = source.baseAddress
                    var inputLeft = source.count
                    var output = target.baseAddress
                    var outputLeft = target.count
                    let result = iconv(handle, &input, &inputLeft, &output, &outputLeft)
                    // EINVAL is a character that goes on in the next piece.
                    if result == -1, errno != EINVAL { isMalformed = true }
                    used = source.count - inputLeft
                    count = target.count - outputLeft
                }
            }
        }
        return isMalformed ? nil : (decoded, used)
    }
}
