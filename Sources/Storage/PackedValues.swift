/// Values that stand one behind the other as bytes, so that many of them need no memory of their own, and a statement
/// binds them where they stand.
public struct PackedValues: Sendable, Equatable {
    /// Where a row of values begins among the others.
    public typealias Place = Int

    private enum Tag {
        static let null: UInt8 = 0
        static let zero: UInt8 = 1
        static let one: UInt8 = 2
        /// Eight bytes follow.
        static let integer: UInt8 = 3
        /// Four bytes with the length follow, then the text.
        static let text: UInt8 = 4
        /// Four bytes with the length follow, then the bytes.
        static let blob: UInt8 = 5
        /// The same text as the one before.
        static let again: UInt8 = 6
        /// This and all above: a text of so many bytes more follows.
        static let shortText: UInt8 = 7
    }

    private var bytes: [UInt8] = []

    public init() {}

    /// Where the next value will stand.
    public var end: Place { bytes.count }

    /// Makes room for so many bytes.
    public mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Adds a number, or NULL.
    public mutating func append(_ number: Int64?) {
        switch number {
        case nil: bytes.append(Tag.null)
        case 0: bytes.append(Tag.zero)
        case 1: bytes.append(Tag.one)
        case .some(let number):
            bytes.append(Tag.integer)
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
    }

    /// Adds a text, or NULL.
    public mutating func append(_ text: String?) {
        guard var text else { return bytes.append(Tag.null) }
        text.withUTF8 { utf8 in
            if utf8.count <= Int(UInt8.max - Tag.shortText) {
                bytes.append(Tag.shortText + UInt8(utf8.count))
                bytes.append(contentsOf: utf8)
            } else {
                append(Tag.text, UnsafeRawBufferPointer(utf8))
            }
        }
    }

    /// Adds a text that stands only once where it is the same as `former`, the text added last.
    public mutating func append(_ text: String?, orAgain former: String?) {
        guard let text, text == former else { return append(text) }
        bytes.append(Tag.again)
    }

    /// Adds bytes.
    public mutating func append(blob: UnsafeRawBufferPointer) { append(Tag.blob, blob) }

    private mutating func append(_ tag: UInt8, _ content: UnsafeRawBufferPointer) {
        bytes.append(tag)
        withUnsafeBytes(of: UInt32(content.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: content)
    }

    /// Adds what others have between two places; it does not begin with a text that stands only once before it.
    public mutating func append(_ others: PackedValues, from start: Place, to end: Place) {
        bytes.append(contentsOf: others.bytes[start..<end])
    }

    /// Reads values from a place on.
    public func read<Result>(from place: Place, _ body: (inout Reader) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes { bytes in
            var reader = Reader(bytes: bytes, offset: place)
            return try body(&reader)
        }
    }

    /// Takes one value after the other.
    public struct Reader {
        private let bytes: UnsafeRawBufferPointer
        private var offset: Place
        /// The text taken last.
        private var lastText = UnsafeRawBufferPointer(start: nil, count: 0)

        fileprivate init(bytes: UnsafeRawBufferPointer, offset: Place) {
            self.bytes = bytes
            self.offset = offset
        }

        /// Goes on with the values at another place.
        public mutating func move(to place: Place) { offset = place }

        /// The next number, nil for NULL.
        public mutating func integer() -> Int64? {
            switch next() {
            case .integer(let number): number
            case .null, .text, .blob: nil
            }
        }

        /// The next text, nil for NULL.
        public mutating func text() -> String? {
            switch next() {
            case .text(let utf8): String(decoding: utf8, as: UTF8.self)
            case .null, .integer, .blob: nil
            }
        }

        /// The next bytes where they stand, none for NULL.
        public mutating func blob() -> UnsafeRawBufferPointer {
            switch next() {
            case .blob(let blob): blob
            case .null, .integer, .text: UnsafeRawBufferPointer(start: nil, count: 0)
            }
        }

        /// The first eight bytes of the next text as a number: the greater text has the greater one, or the same.
        public mutating func textPrefix() -> UInt64 {
            guard case .text(let utf8) = next() else { return 0 }
            var prefix: UInt64 = 0
            for index in 0..<min(8, utf8.count) { prefix |= UInt64(utf8[index]) << UInt64(56 - 8 * index) }
            return prefix
        }

        @inline(__always)
        mutating func next() -> Bound {
            let tag = bytes[offset]
            offset += 1
            switch tag {
            case Tag.null: return .null
            case Tag.zero: return .integer(0)
            case Tag.one: return .integer(1)
            case Tag.integer:
                defer { offset += 8 }
                return .integer(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self)))
            case Tag.text: lastText = content()
            case Tag.blob: return .blob(content())
            case Tag.again: break
            default: lastText = take(Int(tag - Tag.shortText))
            }
            return .text(lastText)
        }

        private mutating func content() -> UnsafeRawBufferPointer {
            let count = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            offset += 4
            return take(Int(count))
        }

        private mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
            defer { offset += count }
            return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
        }
    }

    /// A value where it stands.
    enum Bound {
        case null
        case integer(Int64)
        case text(UnsafeRawBufferPointer)
        case blob(UnsafeRawBufferPointer)
    }
}
